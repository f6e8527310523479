package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An nginx of the test's own: one process, on a free port of this machine alone. */
final class Nginx implements AutoCloseable {

  private static final Path PAGE =
      Path.of(System.getProperty("spyglass.root", "..")).resolve("docs/behind-a-proxy.md");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```nginx\n(.*?)^```$");
  private static final long DEADLINE_SECONDS = 15;

  private final Process process;
  private final int port;
  private final Path log;

  private Nginx(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** The configuration on the page that begins with that comment. */
  static String snippet(String comment) throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    return block
        .results()
        .map(found -> found.group(1))
        .filter(text -> text.startsWith(comment + "\n"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(PAGE + " has no nginx block '" + comment + "'"));
  }

  /** An nginx that is still to be told what to do; the test is skipped where there is none. */
  static Setup inside(String block, Path folder) throws IOException {
    Optional<Path> program = Started.find("nginx");
    assumeTrue(program.isPresent(), "nginx is not installed");
    return new Setup(program.get(), folder, block, Started.freePort(), "", List.of());
  }

  /**
   * What to start.
   *
   * @param program the nginx
   * @param folder where it may write
   * @param block in which block of nginx.conf the text stands; empty for none
   * @param port where it is to listen
   * @param text the configuration
   * @param starter the command that starts it, as somebody else perhaps
   */
  record Setup(
      Path program, Path folder, String block, int port, String text, List<String> starter) {

    Setup with(String site) {
      return new Setup(program, folder, block, port, site, starter);
    }

    /** Has it run as that user and nobody else, which is how it runs where it is installed. */
    Setup as(String user) {
      return new Setup(
          program,
          folder,
          block,
          port,
          text,
          List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
    }

    /** The text is the page's, so what is to be replaced must be there. */
    Setup replacing(String there, String here) {
      assertTrue(text.contains(there), () -> "'" + there + "' is not in\n" + text);
      String now = here.replace("PORT", Integer.toString(port));
      return new Setup(program, folder, block, port, text.replace(there, now), starter);
    }

    /** What nginx finds wrong with it; it says "successful" otherwise. */
    String complaint() throws IOException {
      return new String(
          command("-t").redirectErrorStream(true).start().getInputStream().readAllBytes(),
          StandardCharsets.UTF_8);
    }

    Nginx start() throws IOException {
      Path log = folder.resolve("nginx.log");
      Nginx nginx = new Nginx(command().redirectError(log.toFile()).start(), port, log);
      nginx.awaitListening();
      return nginx;
    }

    private ProcessBuilder command(String... more) throws IOException {
      Path file = folder.resolve("nginx.conf");
      StringBuilder http = new StringBuilder("access_log off;\n");
      for (String kind : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
        http.append(kind + "_temp_path " + folder + ";\n");
      }
      String inner = block.isEmpty() ? text : block + " {\n" + http + text + "}\n";
      String own = "daemon off;\nmaster_process off;\npid " + folder + "/nginx.pid;\nevents {}\n";
      Files.writeString(file, own + inner);
      List<String> line = new ArrayList<>(starter);
      line.addAll(List.of(program + "", "-p", folder + "", "-c", file + "", "-e", "stderr"));
      line.addAll(List.of(more));
      return new ProcessBuilder(line).redirectInput(new File("/dev/null"));
    }
  }

  int port() {
    return port;
  }

  private void awaitListening() throws IOException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - until > 0) {
          close();
          throw new AssertionError("nginx did not start: " + Files.readString(log), e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  /** Ends it, and waits until it is gone. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("nginx did not end when told to");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a test", e);
    }
  }
}
