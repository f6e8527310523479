package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real socket, and a test in the place of the lookout. */
@Timeout(30)
@SuppressWarnings("NullAway.Init") // each test has one
class ControlLinkTest {

  private static final Figures FIGURES =
      new Figures("serving", 3, 1, 1, 10, 0, Optional.empty(), java.util.List.of());

  @TempDir private Path folder;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private ServerSocketChannel lookout;
  private SocketChannel connection;
  private ControlLink link;

  @BeforeEach
  void connect() throws Exception {
    Path path = folder.resolve("name.sock");
    lookout = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    lookout.bind(UnixDomainSocketAddress.of(path));
    ControlLink.keep(path, events::add);
    accept();
  }

  private void accept() throws Exception {
    connection = lookout.accept();
    assertEquals("master " + ProcessHandle.current().pid() + "\n", heard(1));
    link = assertInstanceOf(Event.Connected.class, events.take()).link();
  }

  @AfterEach
  void hangUp() throws IOException {
    lookout.close();
    connection.close();
  }

  private String heard(int lines) throws IOException {
    StringBuilder text = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    int ends = 0;
    while (ends < lines && connection.read(one.clear()) >= 0) {
      char next = (char) one.get(0);
      text.append(next);
      ends += next == '\n' ? 1 : 0;
    }
    return text.toString();
  }

  private void order(String text) throws IOException {
    connection.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void linesAreDemandsWhateverPiecesTheyComeInAndNonsenseIsPassedOver() throws Exception {
    order("sta");
    order("tus\nnonsense\nscale 4\n");
    assertEquals(new Event.Demanded(new Demand.Status()), events.take());
    assertEquals(new Event.Demanded(new Demand.Scale(4)), events.take());
  }

  @Test
  void theReporterTellsWhatIsNewAndAtTheEndTheTotal() throws Exception {
    Reporter reporter = new Reporter(2, pid -> 0);
    reporter.connected(link, FIGURES);
    assertEquals("state serving\nwanted 3\ntrained no\n", heard(3));
    reporter.changed(FIGURES);
    reporter.tick(FIGURES);
    assertEquals("total served=10 died=1 restarts=1\n", heard(1));
    reporter.tick(FIGURES);
    reporter.end(FIGURES);
    assertEquals("total served=10 died=1 restarts=1\n", heard(1), "and not a third time");
  }

  @Test
  void anErrorIsToldWithItsTimeWhenItHappensAndAgainToWhoeverConnects() throws Exception {
    Reporter reporter = new Reporter(3, pid -> 0);
    long before = System.currentTimeMillis();
    reporter.error("too early");
    reporter.error("still early,\nin two lines");
    long after = System.currentTimeMillis();
    reporter.connected(link, FIGURES);
    String told = heard(3).substring("state serving\ntrained no\n".length());
    assertTrue(told.matches("last-error [0-9]+ still early,\\\\nin two lines\n"), told);
    long at = Long.parseLong(told.split(" ", 3)[1]);
    assertTrue(before <= at && at <= after, told);
    reporter.error("now");
    assertTrue(heard(1).matches("last-error [0-9]+ now\n"));
  }

  @Test
  void whoDoesNotReadIsCutOffAndHasTheMasterBackWhenHeReadsAgain() throws Exception {
    String much = "x".repeat(100_000) + "\n";
    for (int i = 0; i < 100; i++) {
      link.say(much);
    }
    String rest = heard(Integer.MAX_VALUE);
    assertTrue(rest.length() < 100 * much.length(), "it was cut off");
    connection.close();
    accept();
  }

  @Test
  void whoHangsUpHasTheMasterBack() throws Exception {
    connection.close();
    accept();
  }
}
