package examples.dmq.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Records a second, a node against a Redis list, turn by turn over the same client. Both are started on a
 * port of their own with a folder that is deleted afterwards, and ended.
 *
 * <p>{@code java -cp examples/dmq/target/test-classes examples.dmq.bench.AgainstRedis [RECORDS] [ROUNDS]}
 * in the project's folder, after a build.
 */
final class AgainstRedis {

  private static final int SIZE = 100;
  private static final int[] DEPTHS =
      Stream.of(System.getProperty("depths", "16,64,256").split(",", -1))
          .mapToInt(Integer::parseInt)
          .toArray();
  private static final int CLIENTS = 2;

  private final int records;
  private final int rounds;
  private final byte[] record = "r".repeat(SIZE).getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private AgainstRedis(int records, int rounds) {
    this.records = records;
    this.rounds = rounds;
  }

  public static void main(String[] args) throws Exception {
    int records = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    new AgainstRedis(records, rounds).run();
  }

  private void run() throws Exception {
    Path folder = Files.createTempDirectory("dmq-bench");
    int redis = freePort();
    int dmq = freePort();
    List<Process> processes = new ArrayList<>();
    try {
      processes.add(
          start(
              folder,
              "redis-server",
              "--port",
              "" + redis,
              "--bind",
              "127.0.0.1",
              "--save",
              "",
              "--appendonly",
              "no",
              "--dir",
              folder.toString()));
      processes.add(
          start(
              folder,
              "./spyglass",
              "--protocol",
              "dmq",
              "--port",
              "" + dmq,
              "--workers",
              "1",
              "--heap",
              "512MiB",
              "--option",
              "dmq.size=256MiB",
              "--run",
              folder.resolve("run").toString(),
              "--cache",
              folder.resolve("cache").toString(),
              "--data",
              folder.resolve("data").toString(),
              "--timeout",
              "600",
              "examples/dmq/target/dmq.jar"));
      await(redis);
      await(dmq);
      System.out.printf(
          Locale.ROOT,
          "%d records of %d bytes, %d clients, medians of %d%n",
          records,
          SIZE,
          CLIENTS,
          rounds);
      System.out.println(
          "depth         Redis push/s   dmq push/s  ratio   Redis pop/s   dmq pop/s  ratio   us of"
              + " CPU a push and a pop: Redis, dmq");
      measure(redis, dmq, 64);
      for (int depth : DEPTHS) {
        Duration ofRedis = cpu(processes.getFirst());
        Duration ofDmq = cpu(processes.getLast());
        System.out.printf(
            Locale.ROOT,
            "%s   %.2f %.2f%n",
            measure(redis, dmq, depth),
            micros(processes.getFirst(), ofRedis),
            micros(processes.getLast(), ofDmq));
      }
    } finally {
      for (Process process : processes) {
        end(process);
      }
      delete(folder);
    }
  }

  /** What a process and those that it has started have used. */
  private static Duration cpu(Process process) {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .flatMap(each -> each.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private double micros(Process process, Duration before) {
    return cpu(process).minus(before).toNanos() / 1e3 / records / rounds;
  }

  private String measure(int redis, int dmq, int depth) throws Exception {
    List<double[]> all = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      double[] one = new double[4];
      one[0] = push(Shape.REDIS, redis, depth);
      one[2] = pop(Shape.REDIS, redis, depth);
      one[1] = push(Shape.DMQ, dmq, depth);
      one[3] = pop(Shape.DMQ, dmq, depth);
      all.add(one);
    }
    double[] middle = new double[4];
    for (int i = 0; i < middle.length; i++) {
      int which = i;
      middle[i] =
          all.stream()
              .mapToDouble(one -> one[which])
              .sorted()
              .skip(rounds / 2)
              .findFirst()
              .orElse(0);
    }
    return String.format(
        Locale.ROOT,
        "%5d  %,18.0f %,12.0f  %5.2f %,13.0f %,11.0f  %5.2f",
        depth,
        middle[0],
        middle[1],
        middle[1] / middle[0],
        middle[2],
        middle[3],
        middle[3] / middle[2]);
  }

  private double push(Shape shape, int port, int depth) throws Exception {
    return repeat(shape, port, shape.push(record), depth, new byte[0]);
  }

  private double pop(Shape shape, int port, int depth) throws Exception {
    return repeat(shape, port, shape.pop(), depth, record);
  }

  private double repeat(Shape shape, int port, byte[] request, int depth, byte[] expected)
      throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Exception> failures = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < CLIENTS; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try (Pipeline pipeline = new Pipeline(shape, port)) {
                  pipeline.repeat(request, records / CLIENTS, depth, expected);
                } catch (IOException e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (Exception failure : failures) {
      throw failure;
    }
    return records * 1e9 / (System.nanoTime() - begin);
  }

  private static Process start(Path folder, String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(int port) throws Exception {
    for (long end = System.nanoTime() + 20_000_000_000L; ; Thread.sleep(100)) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setTcpNoDelay(true);
        return;
      } catch (ConnectException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
