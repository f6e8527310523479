package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a training visits an app, which is pretended here. */
@Timeout(60)
class CacheTrainingTest {

  @TempDir private Path folder;

  private ServerSocketChannel listen() throws Exception {
    ServerSocketChannel app = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return app.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
  }

  private Future<Boolean> visit(String request, Duration longest) {
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            end.complete(CacheTraining.visit(folder.resolve("s"), request, longest));
          } catch (Exception e) {
            end.completeExceptionally(e);
          }
        });
    return end;
  }

  @Test
  void anAnswerWithoutAnEndIsLeftWhenItsTimeIsOver() throws Exception {
    try (ServerSocketChannel app = listen()) {
      Future<Boolean> end = visit("hello", Duration.ofMillis(300));
      try (SocketChannel client = app.accept()) {
        client.write(ByteBuffer.wrap(new byte[20_000]));
        assertFalse(end.get());
        assertEquals(5, client.read(ByteBuffer.allocate(10)));
      }
    }
  }

  @Test
  void oneWithAnEndIsReadUntilThere() throws Exception {
    try (ServerSocketChannel app = listen()) {
      Future<Boolean> end = visit("", Duration.ofMinutes(1));
      try (SocketChannel client = app.accept()) {
        assertEquals(-1, client.read(ByteBuffer.allocate(10)));
        client.write(ByteBuffer.wrap(new byte[20_000]));
      }
      assertTrue(end.get());
    }
  }
}
