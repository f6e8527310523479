package measure;

import java.io.IOException;
import java.util.List;

/** The apps that are woken. */
final class Sleeper {

  private Sleeper() {}

  /**
   * An app.
   *
   * @param name what the tables call it
   * @param words options and jar
   */
  record App(String name, List<String> words) {}

  static final String HELLO = "hello";
  static final String GUESTBOOK = "guestbook";
  static final String HEAVY = "app of 20 MB";

  /** All of them; the one that most can go wrong with if it is to be quick. */
  static List<App> apps(Bench bench) throws IOException {
    Checkout checkout = bench.checkout();
    List<App> apps =
        List.of(
            new App(HELLO, List.of(checkout.example("hello").toString())),
            new App(GUESTBOOK, List.of(checkout.example("guestbook").toString())),
            new App(
                HEAVY,
                List.of(
                    "--app=measure.apps.Heavy",
                    "--lib=" + checkout.heavyLib(),
                    checkout.apps().toString())));
    return bench.tiny() ? List.of(apps.getLast()) : apps;
  }
}
