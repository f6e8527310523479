package spyglass.embed;

/**
 * Starts Spyglass from a Java program. The server is processes of its own, as if it had been started
 * on a command line: the program's heap, threads and class path stay the program's.
 *
 * <pre>{@code
 * try (RunningServer server = Spyglass.server().port(0).workers(2).app(jar).start()) {
 *   connect(server.address());
 * }
 * }</pre>
 */
public final class Spyglass {

  private Spyglass() {}

  /** A server with the defaults of the command line, not started yet. */
  public static ServerBuilder server() {
    return new ServerBuilder();
  }
}
