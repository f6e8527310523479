package spyglass.handover;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import spyglass.unix.Kernel;

/** Both ends of a hand-over in this process, and connections to pass. */
final class TestPair implements AutoCloseable {

  final Kernel kernel = new Kernel();
  final PassingLink master;
  final WorkerEnd worker = new WorkerEnd();
  private final int workerSocket;
  private boolean workerDied;

  TestPair() throws IOException {
    int[] ends = kernel.socketpair();
    master = new PassingLink(kernel, ends[0]);
    workerSocket = ends[1];
    worker.takeOver(ends[1]);
  }

  /** What the kernel does when a process ends: it gives all names back. */
  void workerDies() throws IOException {
    workerDied = true;
    kernel.close(workerSocket);
  }

  @Override
  public void close() throws IOException {
    master.close();
    if (!workerDied) {
      kernel.close(workerSocket);
    }
  }

  static ServerSocketChannel listen(StandardProtocolFamily family, SocketAddress address)
      throws IOException {
    return ServerSocketChannel.open(family).bind(address);
  }

  static ServerSocketChannel listen() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return listen(StandardProtocolFamily.INET, anyPort);
  }

  static void say(SocketChannel channel, String word) throws IOException {
    channel.write(ByteBuffer.wrap(word.getBytes(StandardCharsets.US_ASCII)));
  }

  /** What the other side has said, up to so many bytes, or what came before it hung up. */
  static String hear(SocketChannel channel, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    int count = channel.read(buffer);
    while (count >= 0 && buffer.hasRemaining()) {
      count = channel.read(buffer);
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
  }

  /** How many descriptors this process has open. */
  static int descriptors() {
    return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
  }
}
