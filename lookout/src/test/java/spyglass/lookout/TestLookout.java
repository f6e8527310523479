package spyglass.lookout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import spyglass.control.Figures;
import spyglass.control.Loop;

/** A lookout in this process. Its masters are scripts for sh, which accept nobody. */
final class TestLookout implements AutoCloseable {

  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final Loop loop = new Loop();
  private final Path control;
  private final Lookout lookout;
  private final FutureTask<Void> end;

  /** How long things may take, in milliseconds. */
  record Times(long wake, long stop) {}

  static final Times LONG = new Times(60_000, 60_000);

  TestLookout(Path folder, Times times, boolean once, String script) throws Exception {
    this(folder, duty(times, once, List.of("sh", "-c", "exec >&3 3>&-\n" + script)));
  }

  /** What the lookout of most tests is told. */
  static Duty duty(Times times, boolean once, List<String> master) {
    return new Duty(
        "t", "http://t", "1", "", true, once, 2, false, times.wake(), times.stop(), false, master);
  }

  TestLookout(Path folder, Duty duty) throws Exception {
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    control = folder.resolve("t.sock");
    lookout = new Lookout(loop, listener, duty, FilePages.ofThisMoment());
    ControlSocket file = ControlSocket.open(loop, control, lookout.desk());
    end =
        new FutureTask<>(() -> {
          lookout.run(file);
          file.remove();
          loop.close();
          return null;
        });
    Thread.ofPlatform().daemon().start(end);
  }

  TestLookout(Path folder, String script) throws Exception {
    this(folder, LONG, false, script);
  }

  Path control() {
    return control;
  }

  /** A visitor, who waits in the queue. */
  Socket visit() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.socket().getLocalPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Takes one out of the queue, as a worker would. */
  void accept() throws IOException {
    SocketChannel visitor = listener.accept();
    if (visitor != null) {
      visitor.close();
    }
  }

  SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(control));
  }

  static void say(SocketChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  String ask(String order) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(control));
      say(channel, order + "\n");
      byte[] answer = Channels.newInputStream(channel).readAllBytes();
      return new String(answer, StandardCharsets.UTF_8);
    }
  }

  Figures figures() throws IOException {
    return Figures.of(ask("status"));
  }

  Figures await(String what, Predicate<Figures> condition) throws Exception {
    long until = System.nanoTime() + DEADLINE_NANOS;
    Figures figures = figures();
    while (!condition.test(figures)) {
      if (System.nanoTime() - until > 0) {
        throw new AssertionError("waited in vain for " + what + ": " + ask("status"));
      }
      Thread.sleep(10);
      figures = figures();
    }
    return figures;
  }

  Figures awaitState(String state) throws Exception {
    return await(state, figures -> figures.text("state").equals(state));
  }

  /** As TERM does. */
  void term() {
    loop.leave(() -> lookout.stop("TERM"));
  }

  void awaitEnd() {
    try {
      end.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      throw new AssertionError("it has not ended", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (!end.isDone()) {
      term();
      term();
      awaitEnd();
    }
    listener.close();
  }
}
