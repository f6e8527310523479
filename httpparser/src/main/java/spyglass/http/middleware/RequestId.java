package spyglass.http.middleware;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import spyglass.http.App;

/**
 * Gives every request a name that proxy, app, log and client share: {@code X-Request-Id}. One that
 * came along is kept if it can do no harm in a log, a header or a file name; otherwise a new one
 * takes its place. The app finds it among the request's fields, the client among the answer's.
 */
public final class RequestId implements UnaryOperator<App> {

  /** The field that carries it. */
  public static final String FIELD = "X-Request-Id";

  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{7,127}");

  private final Supplier<String> fresh;

  /** With random ids. */
  public RequestId() {
    this(RequestId::random);
  }

  RequestId(Supplier<String> fresh) {
    this.fresh = fresh;
  }

  /**
   * No secret and no proof of anything, so the cheap generator will do: the strong one costs a
   * waking worker its first milliseconds.
   */
  private static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return String.format("%016x%016x", random.nextLong(), random.nextLong());
  }

  @Override
  public App apply(App app) {
    return app.wrapped(request -> {
      List<String> brought = request.headers().all(FIELD);
      boolean good = brought.size() == 1 && HARMLESS.matcher(brought.getFirst()).matches();
      String id = good ? brought.getFirst() : fresh.get();
      return app.call(request.setHeader(FIELD, id)).setHeader(FIELD, id);
    });
  }
}
