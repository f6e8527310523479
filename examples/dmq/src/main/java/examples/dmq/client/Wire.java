package examples.dmq.client;

import examples.dmq.wire.Code;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import jdk.net.ExtendedSocketOptions;

/** One connection to one node. For one thread at a time. */
final class Wire implements AutoCloseable {

  private static final int CONNECT_MILLIS = 3_000;

  /** A node that sleeps must wake up first. */
  private static final int ANSWER_MILLIS = 60_000;

  private static final int KEEP_IDLE_SECONDS = 60;
  private static final int KEEP_INTERVAL_SECONDS = 15;

  private static final int MOST = 1 << 24;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final OutputStream out;

  Wire(InetSocketAddress node) throws IOException {
    try {
      InetSocketAddress now =
          node.isUnresolved() ? new InetSocketAddress(node.getHostString(), node.getPort()) : node;
      socket.connect(now, CONNECT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(ANSWER_MILLIS);
      askForSignsOfLife(socket);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      out = socket.getOutputStream();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Who waits for ever must learn that the machine at the other end is gone (tcp(7), SO_KEEPALIVE). */
  private static void askForSignsOfLife(Socket socket) throws IOException {
    socket.setKeepAlive(true);
    if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_IDLE_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_INTERVAL_SECONDS);
    }
  }

  /** Sends a request: a name, if there is one, and bytes. */
  void send(Code code, String name, byte[] rest) throws IOException {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    if (text.length > 255) {
      throw new IllegalArgumentException("a name has at most 255 bytes: " + name);
    }
    int named = text.length == 0 ? 0 : 1 + text.length;
    ByteBuffer request = ByteBuffer.allocate(Code.BEFORE + named + rest.length);
    request.put((byte) code.code()).putInt(named + rest.length);
    if (named > 0) {
      request.put((byte) text.length).put(text);
    }
    out.write(request.put(rest).array());
  }

  /** Waits for an answer. */
  Answer receive() throws IOException {
    int status = in.readUnsignedByte();
    int length = in.readInt();
    if (length < 0 || length > MOST) {
      throw new IOException("what has come is no answer of dmq's");
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return new Answer(status, body);
  }

  /** Waits as long as it takes. */
  void waitForEver() throws IOException {
    socket.setSoTimeout(0);
  }

  /** Whether the node has closed it meanwhile. */
  boolean isStale() throws IOException {
    socket.setSoTimeout(1);
    try {
      // Nothing was asked, so whatever comes is the end.
      in.read();
      return true;
    } catch (SocketTimeoutException e) {
      socket.setSoTimeout(ANSWER_MILLIS);
      return false;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }
}
