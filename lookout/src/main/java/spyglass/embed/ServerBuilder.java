package spyglass.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import spyglass.lookout.Starter;

/**
 * A command line in the making. What is said later overrules, as it does there; nothing is checked
 * before {@link #start}. For one thread.
 */
public final class ServerBuilder {

  private final List<String> arguments = new ArrayList<>();
  private Optional<Path> app = Optional.empty();
  private Optional<Path> launcher = Optional.empty();
  private Consumer<String> log = System.err::println;

  ServerBuilder() {}

  /** The port to listen on, 0 to 65535; 0 is any free one, which {@link RunningServer#address} tells. */
  public ServerBuilder port(int port) {
    return option("port", Integer.toString(port));
  }

  /** The processes that answer. */
  public ServerBuilder workers(int workers) {
    return option("workers", Integer.toString(workers));
  }

  /** What connections speak, for a jar that brings something else than HTTP. */
  public ServerBuilder protocol(String name) {
    return option("protocol", name);
  }

  /** The jar to serve. */
  public ServerBuilder app(Path jar) {
    app = Optional.of(jar);
    return this;
  }

  /**
   * Any option of the command line.
   *
   * @param name without the hyphens in front
   * @param value as one would type it; {@code true} or {@code false} for one that has no value there
   */
  public ServerBuilder option(String name, String value) {
    arguments.add("--" + name + "=" + value);
    return this;
  }

  /** Words as a user would type them behind {@code spyglass}: for a program that passes its own on. */
  public ServerBuilder arguments(String... words) {
    arguments.addAll(List.of(words));
    return this;
  }

  /** The script that starts Spyglass, instead of java with our jars from this program's class path. */
  public ServerBuilder launcher(Path script) {
    launcher = Optional.of(script);
    return this;
  }

  /** Who gets each line of the server's log; standard error unless set. Called on another thread. */
  public ServerBuilder log(Consumer<String> line) {
    log = line;
    return this;
  }

  /**
   * Starts the server and waits until it listens.
   *
   * @throws IOException when it does not: the message is the line in which the server has said why
   */
  public RunningServer start() throws IOException {
    List<String> command = new ArrayList<>();
    if (launcher.isPresent()) {
      command.add(launcher.get().toAbsolutePath().toString());
    } else {
      command.addAll(Starter.fromClassPath(javaHome()));
    }
    // First, so that a program's user can have it otherwise.
    command.add("--with-parent");
    // Where its control socket lies; the server removes it, for we may be dead by then.
    Path run = Files.createTempDirectory("spyglass-");
    command.add("--run=" + run);
    command.addAll(arguments);
    app.ifPresent(jar -> command.add(jar.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPYGLASS_JAVA_HOME", javaHome());
    if (launcher.isEmpty()) {
      Starter.prepare(builder.environment());
    }
    // Parent.STARTER, from which a program that has this class alone cannot read it.
    builder.environment().put("SPYGLASS_STARTER", Long.toString(ProcessHandle.current().pid()));
    // Nobody reads what a server writes to standard output, and it writes nothing.
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      return RunningServer.await(builder.start(), log);
    } catch (IOException e) {
      Files.deleteIfExists(run);
      throw e;
    }
  }

  /** The JDK that runs this program will do, unless the user has named one. */
  private static String javaHome() {
    String named = System.getenv("SPYGLASS_JAVA_HOME");
    return named == null ? System.getProperty("java.home") : named;
  }
}
