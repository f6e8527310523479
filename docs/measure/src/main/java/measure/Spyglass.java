package measure;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Spyglass, started by its launcher as anybody would, on any free port. */
final class Spyglass implements Running {

  private static final Pattern LISTENING = Pattern.compile("listening on http://\\S+:([0-9]+)");
  private static final String WORKER = "spy-worker";

  private final Child child;
  private final int port;

  private Spyglass(Child child, int port) {
    this.child = child;
    this.port = port;
  }

  /**
   * Starts one that does not fall asleep by itself, unless the options say so.
   *
   * @param options further options, of which one names the folder of caches, and the jar
   */
  static Spyglass start(Bench bench, List<String> options) throws IOException {
    Child child = bench.start(folder -> command(bench, folder, options));
    try {
      return new Spyglass(child, awaitPort(child));
    } catch (IOException | RuntimeException e) {
      throw child.failed("Spyglass has not started", e);
    }
  }

  private static List<String> command(Bench bench, Path folder, List<String> options) {
    List<String> command = new ArrayList<>(List.of(bench.checkout().launcher().toString()));
    command.addAll(List.of("--listen=127.0.0.1:0", "--timeout=3600", "--drain=10"));
    command.addAll(List.of("--run=" + folder.resolve("run"), "--data=" + folder.resolve("data")));
    command.addAll(options);
    return command;
  }

  private static int awaitPort(Child child) throws IOException {
    Visit.await(
        "Spyglass to listen",
        () -> LISTENING.matcher(child.said()).find() || !child.process().isAlive());
    Matcher listening = LISTENING.matcher(child.said());
    if (!listening.find()) {
      throw new IOException("it has ended");
    }
    return Integer.parseInt(listening.group(1));
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public ProcessHandle first() {
    return child.process().toHandle();
  }

  @Override
  public List<Long> answering() {
    return pids().stream().filter(pid -> Proc.name(pid).equals(WORKER)).toList();
  }

  /** All that it has logged. */
  String said() {
    return child.said();
  }

  /** The order that {@code spyglass sleep} gives, without its JVM. */
  @Override
  public void sleep() {
    try {
      Optional<Path> socket;
      try (Stream<Path> files = Files.list(child.folder().resolve("run"))) {
        socket = files.filter(file -> file.toString().endsWith(".sock")).findFirst();
      }
      try (SocketChannel channel =
          SocketChannel.open(UnixDomainSocketAddress.of(socket.orElseThrow()))) {
        channel.write(ByteBuffer.wrap("sleep\n".getBytes(StandardCharsets.UTF_8)));
        Channels.newInputStream(channel).readAllBytes();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the control socket", e);
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
