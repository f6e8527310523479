package examples.dmq;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import spyglass.protocol.Link;
import spyglass.protocol.Message;
import spyglass.protocol.ProtocolException;
import spyglass.protocol.ProtocolHandler;

/**
 * A node behind a socket, for tests that need one: as much of a worker as that takes. As a program it is a
 * node that can be killed: {@code LittleServer PORT FOLDER [OPTION=VALUE...]}. It ends with its input.
 */
public final class LittleServer implements AutoCloseable {

  private static final int MOST = 1 << 17;

  private final Dmq node = new Dmq();
  private final ServerSocket listener = new ServerSocket();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();
  private final Told told;
  private volatile boolean stopping;

  /** Serves at a port, 0 for any. */
  public LittleServer(int port, Path data, Map<String, String> options) throws Exception {
    told = Told.of(data, options);
    node.start(told);
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Thread.ofVirtual().start(this::accept);
  }

  /** As a program. */
  public static void main(String[] args) throws Exception {
    Map<String, String> options = new HashMap<>();
    for (int i = 2; i < args.length; i++) {
      String[] pair = args[i].split("=", 2);
      options.put(pair[0], pair[1]);
    }
    try (LittleServer server =
        new LittleServer(Integer.parseInt(args[0]), Path.of(args[1]), options)) {
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Whoever has started this says nothing, and ends it by saying no more.
      }
      System.out.println("sleeps " + server.address());
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
  }

  /** How many are connected. */
  public int connections() {
    return open.size();
  }

  /** What it was told. */
  public Told told() {
    return told;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        synchronized (threads) {
          threads.add(Thread.ofVirtual().start(() -> serve(socket)));
        }
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void serve(Socket socket) {
    Way way = new Way(socket);
    ProtocolHandler handler = node.open(way);
    ByteBuffer bytes = ByteBuffer.allocate(MOST);
    try (socket) {
      InputStream in = socket.getInputStream();
      int count = in.read(bytes.array(), 0, MOST);
      while (count >= 0) {
        bytes.position(bytes.position() + count).flip();
        feed(handler, bytes, way);
        bytes.compact();
        count = in.read(bytes.array(), bytes.position(), bytes.remaining());
      }
      List<Message> last = new ArrayList<>();
      handler.ended(last::add);
      for (Message message : last) {
        message.execute(way);
      }
    } catch (SocketException e) {
      // The client is gone.
    } catch (Exception e) {
      if (!stopping) {
        throw new IllegalStateException(e);
      }
    } finally {
      open.remove(socket);
      handler.closed();
    }
  }

  private static void feed(ProtocolHandler handler, ByteBuffer bytes, Way way) throws Exception {
    List<Message> found = new ArrayList<>();
    try {
      handler.received(bytes, found::add);
    } catch (ProtocolException e) {
      found.add(link -> {
        link.write(e.farewell());
        link.close();
      });
    }
    for (Message message : found) {
      message.execute(way);
    }
  }

  /** The way to one client. */
  private record Way(Socket socket) implements Link {
    @Override
    public SocketAddress peer() {
      return socket.getRemoteSocketAddress();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      synchronized (socket) {
        socket.getOutputStream().write(bytes);
      }
    }

    @Override
    public boolean offer(byte[] bytes) {
      try {
        write(bytes);
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public boolean hasRoom(int bytes) {
      return !socket.isClosed();
    }

    @Override
    public void close() {
      try {
        socket.shutdownOutput();
        socket.close();
      } catch (IOException e) {
        // It is closed.
      }
    }
  }

  private void stopAccepting() throws IOException {
    stopping = true;
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    List<Thread> all;
    synchronized (threads) {
      all = List.copyOf(threads);
    }
    for (Thread thread : all) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new InterruptedIOException("nobody interrupts a test");
      }
    }
  }

  /** Goes to sleep: nobody is connected any more, and what was in memory is on disk. */
  @Override
  public void close() throws IOException {
    stopAccepting();
    try {
      node.sleep(Instant.now().plusSeconds(5));
    } catch (InterruptedException e) {
      throw new InterruptedIOException("nobody interrupts a test");
    }
  }
}
