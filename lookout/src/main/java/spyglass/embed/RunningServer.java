package spyglass.embed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that listens. Whoever has started it closes it; if the program dies before, the server
 * notices within a second and ends by itself. Safe for any thread.
 */
public final class RunningServer implements AutoCloseable {

  private static final Pattern LISTENING =
      Pattern.compile(
          "\\[\\d+] \\[Server] listening on (?:http://(?<host>\\S+):(?<port>\\d+)|unix:(?<path>.+))");

  private final Process process;
  private final SocketAddress address;

  private RunningServer(Process process, SocketAddress address) {
    this.process = process;
    this.address = address;
  }

  /** Reads the log up to the line that tells the address; the rest is read as it comes. */
  static RunningServer await(Process process, Consumer<String> log) throws IOException {
    // Closed by the thread that reads it to its end.
    BufferedReader lines = process.errorReader();
    String last = "it said nothing";
    String line = lines.readLine();
    while (line != null) {
      Matcher listening = LISTENING.matcher(line);
      log.accept(line);
      if (listening.matches()) {
        Thread.ofVirtual().start(() -> pass(lines, log));
        return new RunningServer(process, address(listening));
      }
      last = line;
      line = lines.readLine();
    }
    lines.close();
    throw new IOException("the server did not start: " + last);
  }

  /** Or the pipe would be full one day, and the server would wait for us. */
  private static void pass(BufferedReader lines, Consumer<String> log) {
    try (lines) {
      lines.lines().forEach(log);
    } catch (IOException | UncheckedIOException e) {
      // It has ended, and there is no more to read.
    }
  }

  private static SocketAddress address(Matcher listening) throws IOException {
    if (listening.group("path") != null) {
      return UnixDomainSocketAddress.of(listening.group("path"));
    }
    String host = listening.group("host").replaceAll("[\\[\\]]", "");
    int port = Integer.parseInt(listening.group("port"));
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  /** Where it listens: an {@link InetSocketAddress} with the port that was found, or a Unix socket's. */
  public SocketAddress address() {
    return address;
  }

  /** The pid of the process that stays: the lookout's. */
  public long pid() {
    return process.pid();
  }

  /**
   * Ends it in order, as TERM does: what was accepted is answered, within {@code --drain} seconds.
   * Waits for the end; a second call finds it.
   *
   * @return its exit status: 0, or 128+n if signal n has ended it
   */
  public int stop() {
    // By way of the handle, because Process.destroy would close the pipe of the log as well.
    process.toHandle().destroy();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          if (process.waitFor(1, TimeUnit.DAYS)) {
            return process.exitValue();
          }
        } catch (InterruptedException e) {
          // Whoever was interrupted wants to leave, and would leave a server behind.
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    stop();
  }
}
