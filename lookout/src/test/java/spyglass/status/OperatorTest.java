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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  private Operator operator(Path... runs) {
    List<Path> all = runs.length == 0 ? List.of(run) : List.of(runs);
    return new Operator(new Servers(all), new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private ServerSocketChannel listen(String name, int backlog) throws Exception {
    Path socket = run.resolve(name + ".sock");
    Files.createDirectories(socket.resolveSibling("."));
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket), backlog);
  }

  private static void answer(ServerSocketChannel server) {
    answer(server, "state asleep\nname b\n");
  }

  private static void answer(ServerSocketChannel server, String figures) {
    Thread.ofVirtual()
        .start(() -> {
          try (SocketChannel asker = server.accept()) {
            ByteBuffer question = ByteBuffer.allocate(100);
            while (asker.read(question) >= 0 && question.get(question.position() - 1) != '\n') {
              // The rest is to come.
            }
            asker.write(ByteBuffer.wrap(figures.getBytes(StandardCharsets.UTF_8)));
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
      assertEquals(Exit.SYSTEM, operator().status(Optional.empty(), Operator.Form.JSON));
      String told = out.toString(StandardCharsets.UTF_8);
      assertEquals(1, told.split("\"state\": \"asleep\"", -1).length - 1, told);
      answer(living);
      Misuse e = assertThrows(Misuse.class, () -> operator().order("sleep", Optional.empty()));
      assertEquals("b, a are running: name one of them", e.getMessage());
      assertThrows(Remote.Silent.class, () -> operator().order("sleep", Optional.of("a")));
      assertEquals(true, first.isOpen() && second.isOpen());
    }
  }

  @Test
  void serversOfAllFoldersAreFoundAndALineIsSaidOfEach() throws Exception {
    try (ServerSocketChannel one = listen("x/web", 1);
        ServerSocketChannel other = listen("y/shop", 1)) {
      answer(one, "state awake\nname web\nlisten http://127.0.0.1:4222\nwanted 2\n");
      answer(other, "state going-to-sleep\nname shop\nlisten http://[::1]:80\nwanted 1\n");
      Operator operator = operator(run.resolve("none"), run.resolve("x"), run.resolve("y"));
      assertEquals(Exit.FINE, operator.status(Optional.empty(), Operator.Form.BRIEF));
      assertEquals(
          """
          web   awake           http://127.0.0.1:4222  0 of 2 workers  0.0 MB resident
          shop  going to sleep  http://[::1]:80        0 of 1 worker   0.0 MB resident
          """,
          out.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aNameThatTwoFoldersHaveIsRefusedWithBoth() throws Exception {
    try (ServerSocketChannel one = listen("x/web", 1);
        ServerSocketChannel other = listen("y/web", 1)) {
      answer(one);
      answer(other);
      Operator operator = operator(run.resolve("x"), run.resolve("y"));
      Misuse e = assertThrows(Misuse.class, () -> operator.order("stop", Optional.of("web")));
      assertEquals(
          run.resolve("x/web.sock")
              + ", "
              + run.resolve("y/web.sock")
              + ": say which with its folder, --run, and --name",
          e.getMessage());
    }
  }

  @Test
  void aPortFindsTheServerThatListensThere() throws Exception {
    for (String word : List.of("24224", "127.0.0.1:24224")) {
      try (ServerSocketChannel one = listen("127.0.0.1_24224", 2);
          ServerSocketChannel other = listen("127.0.0.1_4224", 2)) {
        answer(one, "name found\nlisten http://127.0.0.1:24224\n");
        answer(other, "name other\nlisten http://127.0.0.1:4224\n");
        assertEquals(Exit.FINE, operator().status(Optional.of(word), Operator.Form.BRIEF));
      }
      Files.delete(run.resolve("127.0.0.1_24224.sock"));
      Files.delete(run.resolve("127.0.0.1_4224.sock"));
      String told = out.toString(StandardCharsets.UTF_8);
      assertEquals(true, told.contains("found is") && !told.contains("other"), told);
      out.reset();
    }
  }
}
