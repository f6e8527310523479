package spyglass.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import spyglass.config.Misuse;
import spyglass.process.Exit;

/** Several servers, which are pretended, one of them stopped: its queue is full of those who gave up. */
@Timeout(60)
class OperatorTest {

  @TempDir private Path run;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Operator operator() {
    return new Operator(new Servers(run), new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private ServerSocketChannel listen(String name, int backlog) throws Exception {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(run.resolve(name + ".sock")), backlog);
  }

  private static void answer(ServerSocketChannel server) {
    Thread.ofVirtual()
        .start(() -> {
          try (SocketChannel asker = server.accept()) {
            ByteBuffer question = ByteBuffer.allocate(100);
            while (asker.read(question) >= 0 && question.get(question.position() - 1) != '\n') {
              // The rest is to come.
            }
            asker.write(ByteBuffer.wrap("state asleep\nname b\n".getBytes(StandardCharsets.UTF_8)));
          } catch (Exception e) {
            // The test ends without.
          }
        });
  }

  @Test
  void oneThatDoesNotAnswerKeepsNobodyFromHearingOfTheOthers() throws Exception {
    try (ServerSocketChannel stopped = listen("a", 1);
        ServerSocketChannel living = listen("b", 10);
        SocketChannel first = SocketChannel.open(stopped.getLocalAddress());
        SocketChannel second = SocketChannel.open(stopped.getLocalAddress())) {
      answer(living);
      assertEquals(Exit.SYSTEM, operator().status(Optional.empty(), true));
      String told = out.toString(StandardCharsets.UTF_8);
      assertEquals(1, told.split("\"state\": \"asleep\"", -1).length - 1, told);
      answer(living);
      Misuse e = assertThrows(Misuse.class, () -> operator().order("sleep", Optional.empty()));
      assertEquals("b, a are running: name one of them", e.getMessage());
      assertThrows(Remote.Silent.class, () -> operator().order("sleep", Optional.of("a")));
      assertEquals(true, first.isOpen() && second.isOpen());
    }
  }
}
