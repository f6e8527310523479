package examples.dmq.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One connection over which so many requests are sent at once, and then so many answers awaited. */
final class Pipeline implements AutoCloseable {

  private final SocketChannel channel;
  private final Shape shape;
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 20);

  Pipeline(Shape shape, int port) throws IOException {
    this.shape = shape;
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Sends a request so many times, each number of times of a depth at once. */
  void repeat(byte[] request, int times, int depth, byte[] record) throws IOException {
    ByteBuffer requests = ByteBuffer.allocateDirect(request.length * depth);
    for (int i = 0; i < depth; i++) {
      requests.put(request);
    }
    for (int done = 0; done < times; done += depth) {
      requests.clear().limit(Math.min(depth, times - done) * request.length);
      while (requests.hasRemaining()) {
        channel.write(requests);
      }
      await(Math.min(depth, times - done), record);
    }
  }

  private void await(int answers, byte[] record) throws IOException {
    int left = answers;
    in.clear();
    int at = 0;
    while (left > 0) {
      if (channel.read(in) < 0) {
        throw new EOFException("the server has closed the connection");
      }
      ByteBuffer come = in.duplicate().flip();
      int end = shape.answer(come, at);
      while (end > 0) {
        if (record.length > 0 && !shape.isRecord(come, at, record)) {
          throw new IOException("no record, but byte " + come.get(at));
        }
        left--;
        at = end;
        end = at < come.limit() ? shape.answer(come, at) : -1;
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
