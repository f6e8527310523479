import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures how long the first visitor of a sleeping server waits, beside the time a bare JVM needs to
 * say hello, in turns, so that a noisy machine is noisy for both. Then what the lookout costs asleep.
 *
 * <p>{@code java docs/measure/Wake.java [rounds] [app.jar]} in a checkout that is built; needs JDK 25.
 */
final class Wake {

  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 11;
    String jar = args.length > 1 ? args[1] : "examples/hello/target/hello.jar";
    Path hello = compileHello();
    Process server =
        new ProcessBuilder("./spyglass", "--host=127.0.0.1", "--port=0", "--timeout=1", jar).start();
    try (BufferedReader log = server.errorReader()) {
      int port = port(log);
      List<Double> wakes = new ArrayList<>();
      List<Double> hellos = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        sleepUntilAsleep(server);
        wakes.add(timed(() -> request(port)));
        sleepUntilAsleep(server);
        hellos.add(timed(() -> bareHello(hello)));
        System.err.printf("round %d of %d%n", round + 1, rounds);
      }
      report("first byte from asleep", wakes);
      report("bare java Hello", hellos);
      System.out.printf("ratio of the medians %.2f%n", median(wakes) / median(hellos));
      Files.readAllLines(Path.of("/proc/" + server.pid() + "/smaps_rollup")).stream()
          .filter(line -> line.matches("(Rss|Pss|Private_Dirty):.*"))
          .forEach(line -> System.out.println("lookout asleep " + line));
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static Path compileHello() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("hello");
    Path source = folder.resolve("Hello.java");
    Files.writeString(
        source, "class Hello { public static void main(String[] a) { System.out.println(\"hi\"); } }");
    run(List.of(System.getProperty("java.home") + "/bin/javac", source.toString()));
    Files.delete(source);
    folder.toFile().deleteOnExit();
    folder.resolve("Hello.class").toFile().deleteOnExit();
    return folder;
  }

  private static int port(BufferedReader log) throws IOException {
    String line = log.readLine();
    while (!line.contains("listening on")) {
      line = log.readLine();
    }
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  /** Asleep is: no children. Half a second more lets the machine come to rest. */
  private static void sleepUntilAsleep(Process server) throws InterruptedException {
    while (server.children().findAny().isPresent()) {
      Thread.sleep(20);
    }
    Thread.sleep(300);
  }

  private static void request(int port) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      if (client.getInputStream().read() != 'H') {
        throw new IOException("that was no answer");
      }
    }
  }

  private static void bareHello(Path folder) throws IOException, InterruptedException {
    String java = System.getProperty("java.home") + "/bin/java";
    run(List.of(java, "-Xshare:auto", "-cp", folder.toString(), "Hello"));
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed");
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double timed(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(List<Double> millis) {
    List<Double> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static void report(String what, List<Double> millis) {
    System.out.printf(
        "%s: median %.0f ms, least %.0f, most %.0f, of %d%n",
        what,
        median(millis),
        Collections.min(millis),
        Collections.max(millis),
        millis.size());
  }
}
