package spyglass.lookout;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import spyglass.config.Catalogue;
import spyglass.config.Configuration;
import spyglass.config.Misuse;
import spyglass.config.Setting;
import spyglass.process.Exit;
import spyglass.worker.Accept;
import spyglass.worker.WorkerMain;

/**
 * {@code spyglass cache train}: starts the app aside, where nobody comes, visits it, and lets it go to
 * sleep, which is what makes a cache. Its first visitor finds it trained.
 */
final class CacheTraining {

  private static final Duration LONGEST = Duration.ofMinutes(3);

  /** Of these, one is the last word of whoever makes a cache; others may come before. */
  private static final String MADE = "made a cache";

  private static final List<String> ENDS =
      List.of(MADE, "no cache is", "no cache could be", "no cache will be", "nobody came");

  /** What a server has for itself, and what makes this one come to its end soon. */
  private static final Set<String> OWN =
      Set.of(
          "jar",
          "listen",
          "host",
          "port",
          "listen-mode",
          "listen-group",
          "run",
          "name",
          "metrics",
          "pid-file",
          "log-file",
          "workers",
          "timeout",
          "awake-at-least",
          "with-parent",
          "verbose",
          "no-cache",
          Catalogue.OPTION);

  private final Configuration options;
  private final Served served;
  private final PrintStream out;

  CacheTraining(Configuration options, Served served, PrintStream out) {
    this.options = options;
    this.served = served;
    this.out = out;
  }

  /**
   * Does it, and says how far it is.
   *
   * @param paths what to visit besides the root
   * @return the status to exit with
   */
  int run(List<String> paths) throws Misuse, IOException {
    if (Accept.of(options.text("accept")) != Accept.SHARED) {
      throw new Misuse(options.said("accept").culprit() + ": only --accept shared has caches");
    }
    Path above = Files.createTempDirectory("spyglass-");
    Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
    File log = above.resolve("log").toFile();
    try {
      ProcessBuilder builder = new ProcessBuilder(command(above)).redirectError(log);
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      Server.makeOurs(builder.environment());
      say("training " + served.name() + ": starting");
      return train(builder.start(), above, paths);
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    } finally {
      out.println();
      remove(above);
    }
  }

  private List<String> command(Path above) {
    List<String> command = new ArrayList<>(Starter.again());
    for (Setting setting : Catalogue.all()) {
      if (options.isSet(setting.name()) && !OWN.contains(setting.name())) {
        command.add("--" + setting.name() + "=" + options.said(setting.name()).absolute().text());
      }
    }
    options.told().forEach((name, said) -> command.add("--option=" + name + "=" + said.text()));
    command.addAll(List.of("--workers=1", "--timeout=1", "--verbose=1", "--with-parent"));
    command.add("--listen=unix:" + above.resolve("app.sock"));
    command.add("--run=" + above.resolve("run"));
    served.jars().app().ifPresent(jar -> command.add(jar.toAbsolutePath().toString()));
    return command;
  }

  private int train(Process server, Path above, List<String> paths)
      throws IOException, InterruptedException {
    Path log = above.resolve("log");
    try {
      await(server, () -> says(log, "listening on"));
      if (!server.isAlive()) {
        return fail(log, "the server does not start");
      }
      say(", visiting");
      for (String path : Stream.concat(Stream.of("/"), paths.stream()).toList()) {
        if (!visit(above.resolve("app.sock"), request(path), LONGEST)) {
          say(", " + path + " has no end and is left");
        }
      }
      await(server, () -> says(log, "woke in") || says(log, "did not start"));
      if (!says(log, "woke in")) {
        return fail(log, "the app does not start");
      }
      if (says(log, ", trained")) {
        say(", it has been trained before");
        return Exit.FINE;
      }
      say(", going to sleep");
      await(server, () -> server.children().findAny().isEmpty());
      say(", assembling");
      await(server, () -> ENDS.stream().anyMatch(end -> says(log, end)));
      return says(log, MADE) ? done(log) : fail(log, "no cache was made");
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private int done(Path log) {
    say(", " + line(log, MADE));
    return Exit.FINE;
  }

  private int fail(Path log, String what) throws IOException {
    say(", " + what + ":");
    Files.readAllLines(log).forEach(line -> out.print("\n" + line));
    return Exit.APP;
  }

  /** Of another protocol the words are not known here; the end of ours is something it must know. */
  private String request(String path) {
    return options.text("protocol").equals(WorkerMain.HTTP)
        ? "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        : "";
  }

  /**
   * Reads an answer to its end.
   *
   * @param request what to say; if nothing, that there is nothing is said
   * @param longest how long that may take: a stream of events ends when its reader leaves
   * @return whether it came to its end
   */
  static boolean visit(Path socket, String request, Duration longest) throws IOException {
    long until = System.nanoTime() + longest.toNanos();
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        Selector selector = Selector.open()) {
      if (request.isEmpty()) {
        client.shutdownOutput();
      } else {
        client.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
      }
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_READ);
      ByteBuffer answer = ByteBuffer.allocate(1 << 13);
      while (client.read(answer.clear()) >= 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        selector.select(left);
        selector.selectedKeys().clear();
      }
      return true;
    }
  }

  private static void await(Process server, BooleanSupplier condition)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean() && server.isAlive()) {
      if (System.nanoTime() - until > 0) {
        throw new IOException("the training takes too long and is given up");
      }
      Thread.sleep(20);
    }
  }

  private static boolean says(Path log, String part) {
    return !line(log, part).isEmpty();
  }

  /** The end of the first line with these words, from them on; empty if there is none. */
  private static String line(Path log, String part) {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.contains(part))
          .map(line -> line.substring(line.indexOf(part)))
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private void say(String words) {
    out.print(words);
    out.flush();
  }

  private static void remove(Path above) {
    for (String left : List.of("run", "app.sock", "log", "")) {
      above.resolve(left).toFile().delete();
    }
  }
}
