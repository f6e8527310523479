package examples.dmq;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.protocol.Link;

/** Which connections may be silent: an open one keeps the node awake. */
final class FirstByteTest {

  @TempDir private Path data;

  /** Nobody. */
  private record Nowhere() implements Link {
    @Override
    public SocketAddress peer() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public void write(byte[] bytes) {}

    @Override
    public boolean offer(byte[] bytes) {
      return true;
    }

    @Override
    public boolean hasRoom(int bytes) {
      return true;
    }

    @Override
    public void close() {}
  }

  private static boolean isIdleAfter(Dmq node, String said) throws Exception {
    FirstByte handler = (FirstByte) node.open(new Nowhere());
    handler.received(ByteBuffer.wrap(said.getBytes(StandardCharsets.ISO_8859_1)), message -> {});
    boolean idle = handler.isIdle(-1);
    handler.closed();
    return idle;
  }

  @Test
  void onlyWhoSpeaksTheBinaryProtocolMayBeSilent() throws Exception {
    Dmq node = new Dmq();
    node.start(Told.of(data, Map.of()));
    assertEquals(true, isIdleAfter(node, ""));
    assertEquals(true, isIdleAfter(node, "GET /"));
    assertEquals(false, isIdleAfter(node, "\u0086"));
    node.sleep(Instant.now().plusSeconds(5));
  }
}
