package spyglass.lookout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import spyglass.process.Exit;
import spyglass.worker.Rehearsal;

/**
 * Makes the {@link Caches}: has a whole tree wake, answer a little and go to sleep while each JVM
 * records what it needed, then has the recordings assembled. The launcher runs it once. Where it
 * fails, Spyglass runs all the same, and wakes in twice the time.
 */
public final class RehearsalMain {

  private static final String REQUESTS =
      "GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: rehearsal\r\nAccept: */*\r\n\r\n"
          + "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"
          + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
          + "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"
          + "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n";

  private RehearsalMain() {}

  /**
   * Rehearses and says in one line how it went.
   *
   * @param args the launcher, which is how everybody else starts Spyglass too
   */
  public static void main(String[] args) throws InterruptedException {
    Caches caches = Caches.asTold();
    try {
      perform(args[0]);
      for (List<String> command : Commands.assembly(caches)) {
        run(command);
      }
      caches.publish();
    } catch (IOException e) {
      System.out.println("spyglass: no caches (" + e.getMessage() + "): wakes take longer");
    }
  }

  private static void perform(String launcher) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command(launcher));
    builder.environment().put("SPYGLASS_REHEARSAL", "true");
    Process server = builder.start();
    try (BufferedReader log = server.errorReader()) {
      String line = log.readLine();
      while (line != null && !line.contains("listening on")) {
        line = log.readLine();
      }
      if (line == null) {
        throw new IOException("the server did not start");
      }
      request(Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
      while (server.children().findAny().isPresent()) {
        Thread.sleep(50);
      }
    } finally {
      server.destroy();
      check(server.waitFor(), "the server");
    }
  }

  private static List<String> command(String launcher) {
    return List.of(
        launcher,
        "--host=127.0.0.1",
        "--port=0",
        "--workers=1",
        "--timeout=1",
        "--app=" + Rehearsal.class.getName(),
        Lib.jar("spyglass-worker"));
  }

  private static void request(int port) throws IOException {
    for (String first : List.of("", REQUESTS)) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        OutputStream out = client.getOutputStream();
        out.write(
            (first + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        client.getInputStream().readAllBytes();
      }
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] said = process.getInputStream().readAllBytes();
    check(process.waitFor(), new String(said, StandardCharsets.UTF_8));
  }

  private static void check(int status, String who) throws IOException {
    if (status != Exit.FINE) {
      throw new IOException(who + ": " + Exit.inWords(status));
    }
  }
}
