package spyglass.status;

import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import spyglass.config.Misuse;
import spyglass.control.Figures;
import spyglass.process.Exit;

/** {@code spyglass status} and {@code metrics}, which look, and to whom the orders are for. */
public final class Operator {

  private final Servers servers;
  private final PrintStream out;

  /**
   * Speaks to the servers of one run folder.
   *
   * @param out for what was asked for
   */
  public Operator(Servers servers, PrintStream out) {
    this.servers = servers;
    this.out = out;
  }

  /** One that is stopped does not keep us for long from the others; its master has a second of it. */
  private static final long GLANCE = TimeUnit.SECONDS.toNanos(3);

  /** A server that lives, and what it says of itself. */
  record Living(Remote remote, Figures figures) {}

  /** All whose sockets somebody holds open, whether or not they answer. */
  private record Found(List<Living> living, List<Remote> silent) {

    void complain() {
      silent.forEach(one -> System.err.println("spyglass: " + one.silence().getMessage()));
    }

    String names() {
      return Stream.concat(living.stream().map(Living::remote), silent.stream())
          .map(Remote::name)
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * Shows the one, or all there are. Who does not answer is named on standard error.
   *
   * @return the status to exit with
   */
  public int status(Optional<String> name, boolean json) throws Misuse, IOException {
    Found found = find(name);
    List<Living> living = found.living();
    found.complain();
    if (living.isEmpty()) {
      return found.silent().isEmpty() ? nobody(name) : Exit.SYSTEM;
    }
    if (json) {
      List<String> all = living.stream().map(one -> StatusJson.of(one.figures())).toList();
      out.println(name.isPresent() ? all.getFirst() : StatusJson.array(all));
    } else {
      Words words = new Words(System.currentTimeMillis(), ZoneId.systemDefault());
      out.print(
          living.stream()
              .map(one -> StatusText.of(one.figures(), words))
              .collect(Collectors.joining("\n")));
    }
    return found.silent().isEmpty() ? Exit.FINE : Exit.SYSTEM;
  }

  /** Prints what Prometheus would get. */
  public int metrics(Optional<String> name) throws Misuse, IOException {
    Optional<Living> one = one(name);
    if (one.isEmpty()) {
      return nobody(name);
    }
    out.print(one.get().remote().ask("metrics").orElse(""));
    return Exit.FINE;
  }

  /** Gives an order: a word of {@link Orders}. */
  public int order(String order, Optional<String> name) throws Misuse, IOException {
    Optional<Living> one = one(name);
    return one.isPresent() ? new Orders(one.get(), out).give(order) : nobody(name);
  }

  private Found find(Optional<String> name) throws Misuse, IOException {
    List<Living> living = new ArrayList<>();
    List<Remote> silent = new ArrayList<>();
    List<Remote> all = name.isPresent() ? List.of(servers.named(name.get())) : servers.all();
    for (Remote remote : all) {
      try {
        remote
            .ask("status", GLANCE)
            .ifPresent(said -> living.add(new Living(remote, Figures.of(said))));
      } catch (Remote.Silent e) {
        silent.add(remote);
      }
    }
    return new Found(living, silent);
  }

  private Optional<Living> one(Optional<String> name) throws Misuse, IOException {
    Found found = find(name);
    if (found.living().size() + found.silent().size() > 1) {
      throw new Misuse(found.names() + " are running: name one of them");
    }
    for (Remote remote : found.silent()) {
      throw remote.silence();
    }
    return found.living().stream().findFirst();
  }

  private int nobody(Optional<String> name) {
    System.err.println(
        "spyglass: "
            + name.map(one -> "no server " + one + " runs").orElse("no server runs")
            + (" (there is no such control socket in "
                + servers.run()
                + "): see --run and --name"));
    return Exit.NOBODY;
  }
}
