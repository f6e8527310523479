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

  private final Process process;
  private final Path folder;
  private final int port;

  private Spyglass(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts one that does not fall asleep by itself, unless the options say so.
   *
   * @param options further options and the jar
   */
  static Spyglass start(Bench bench, List<String> options) throws IOException {
    Path folder = Files.createTempDirectory("measure");
    List<String> command = new ArrayList<>(List.of(bench.checkout().launcher().toString()));
    command.addAll(List.of("--listen=127.0.0.1:0", "--timeout=3600", "--drain=10"));
    command.addAll(List.of("--run=" + folder.resolve("run"), "--data=" + folder.resolve("data")));
    command.add("--cache=" + bench.cache());
    command.addAll(options);
    Path log = Files.createFile(folder.resolve("log"));
    Process process = Children.start(command, log);
    try {
      return new Spyglass(process, folder, awaitPort(process, log));
    } catch (IOException | RuntimeException e) {
      Children.end(process);
      throw new IOException("Spyglass has not started: " + Files.readString(log).strip(), e);
    }
  }

  private static int awaitPort(Process process, Path log) throws IOException {
    Visit.await(
        "Spyglass to listen", () -> LISTENING.matcher(read(log)).find() || !process.isAlive());
    Matcher listening = LISTENING.matcher(read(log));
    if (!listening.find()) {
      throw new IOException("it has ended");
    }
    return Integer.parseInt(listening.group(1));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public ProcessHandle first() {
    return process.toHandle();
  }

  @Override
  public List<Long> answering() {
    return pids().stream().filter(pid -> Proc.name(pid).equals(WORKER)).toList();
  }

  /** The order that {@code spyglass sleep} gives, without its JVM. */
  @Override
  public void sleep() {
    try {
      Optional<Path> socket;
      try (Stream<Path> files = Files.list(folder.resolve("run"))) {
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
    Children.end(process);
    Children.remove(folder);
  }
}
