package spyglass.status;

import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /** A server that lives, and what it says of itself. */
  record Living(Remote remote, Figures figures) {}

  /**
   * Shows the one, or all there are.
   *
   * @return the status to exit with
   */
  public int status(Optional<String> name, boolean json) throws Misuse, IOException {
    List<Living> living = living(name);
    if (living.isEmpty()) {
      return nobody(name);
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
    return Exit.FINE;
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

  private List<Living> living(Optional<String> name) throws Misuse, IOException {
    List<Living> living = new ArrayList<>();
    List<Remote> all = name.isPresent() ? List.of(servers.named(name.get())) : servers.all();
    for (Remote remote : all) {
      remote.ask("status").ifPresent(said -> living.add(new Living(remote, Figures.of(said))));
    }
    return living;
  }

  private Optional<Living> one(Optional<String> name) throws Misuse, IOException {
    List<Living> living = living(name);
    if (living.size() > 1) {
      throw new Misuse(
          living.stream().map(one -> one.remote().name()).collect(Collectors.joining(", "))
              + " are running: name one of them");
    }
    return living.stream().findFirst();
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
