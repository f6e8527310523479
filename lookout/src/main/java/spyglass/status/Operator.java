package spyglass.status;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import spyglass.config.Misuse;
import spyglass.control.Figures;
import spyglass.log.Plain;
import spyglass.process.Exit;

/** {@code spyglass status} and {@code metrics}, which look, and to whom the orders are for. */
public final class Operator {

  private final Servers servers;
  private final PrintStream out;

  /**
   * Speaks to the servers of some run folders.
   *
   * @param out for what was asked for
   */
  public Operator(Servers servers, PrintStream out) {
    this.servers = servers;
    this.out = out;
  }

  /** One that is stopped does not keep us for long from the others; its master has a second of it. */
  private static final long GLANCE = TimeUnit.SECONDS.toNanos(3);

  /** How a status is told. */
  public enum Form {
    /** A line for each server, and all there is to say of one that is named. */
    BRIEF,
    /** All there is to say of each. */
    LONG,
    /** The same to a program. */
    JSON
  }

  /** A server that lives, and what it says of itself. */
  record Living(Remote remote, Figures figures) {

    /** Whether it listens there: at a port, or at an address and a port. */
    boolean listensAt(String where) {
      String url = figures.text("listen");
      return url.endsWith("//" + where)
          || (where.matches("[0-9]{1,5}") && url.endsWith(":" + where));
    }
  }

  /** All whose sockets somebody holds open, whether or not they answer. */
  private record Found(List<Living> living, List<Remote> silent) {

    int count() {
      return living.size() + silent.size();
    }

    Found at(String where) {
      return new Found(living.stream().filter(one -> one.listensAt(where)).toList(), List.of());
    }

    void complain() {
      silent.forEach(one -> Operator.complain("" + one.silence().getMessage()));
    }

    Misuse several() {
      List<Remote> all =
          Stream.concat(living.stream().map(Living::remote), silent.stream()).toList();
      List<String> names = all.stream().map(Remote::name).toList();
      if (names.stream().distinct().count() == names.size()) {
        return new Misuse(String.join(", ", names) + " are running: name one of them");
      }
      String sockets =
          all.stream().map(it -> it.socket().toString()).collect(Collectors.joining(", "));
      return new Misuse(sockets + ": say which with its folder, --run, and --name");
    }
  }

  /**
   * Shows the one, or all there are. One that does not answer is named on standard error.
   *
   * @return the status to exit with
   */
  public int status(Optional<String> name, Form form) throws Misuse, IOException {
    Found found = find(name);
    if (name.isPresent() && found.count() > 1) {
      throw found.several();
    }
    found.complain();
    if (name.isEmpty() && found.count() > 0) {
      closed().ifPresent(Operator::complain);
    }
    List<Figures> living = found.living().stream().map(Living::figures).toList();
    if (living.isEmpty()) {
      return found.silent().isEmpty() ? nobody(name) : Exit.SYSTEM;
    }
    show(living, name.isPresent(), form);
    return found.silent().isEmpty() ? Exit.FINE : Exit.SYSTEM;
  }

  private void show(List<Figures> living, boolean named, Form form) {
    Words words = new Words(System.currentTimeMillis(), ZoneId.systemDefault());
    if (form == Form.JSON) {
      List<String> all = living.stream().map(one -> StatusJson.of(one, Memory.of(one))).toList();
      out.println(named ? all.getFirst() : StatusJson.array(all));
    } else if (form == Form.LONG || named) {
      out.print(
          living.stream()
              .map(one -> StatusText.of(one, Memory.of(one), words))
              .collect(Collectors.joining("\n")));
    } else {
      out.print(StatusTable.of(living, Memory::of, words));
    }
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

  /** A word that is no server's name may be where one listens: its port. */
  private Found find(Optional<String> name) throws Misuse, IOException {
    if (name.isEmpty()) {
      return ask(servers.all());
    }
    Found named = ask(servers.named(name.get()));
    return named.count() > 0 ? named : ask(servers.all()).at(name.get());
  }

  private static Found ask(List<Remote> all) throws IOException {
    List<Living> living = new ArrayList<>();
    List<Remote> silent = new ArrayList<>();
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
    if (found.count() > 1) {
      throw found.several();
    }
    for (Remote remote : found.silent()) {
      throw remote.silence();
    }
    return found.living().stream().findFirst();
  }

  private Optional<String> closed() {
    List<Path> closed = servers.closed();
    return closed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Servers.list(closed) + " can be looked into by the owner and root alone: ask as one");
  }

  /** One line on standard error. */
  static void complain(String words) {
    System.err.println("spyglass: " + Plain.line(words));
  }

  private int nobody(Optional<String> name) {
    complain(
        name.map(one -> "no server " + one + " runs").orElse("no server runs")
            + (" (there is no such control socket in " + Servers.list(servers.runs()) + ")")
            + closed().map(words -> "; " + words).orElse(": see --run and --name"));
    return Exit.NOBODY;
  }
}
