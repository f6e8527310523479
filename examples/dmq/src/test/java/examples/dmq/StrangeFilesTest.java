package examples.dmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else has put into the data folder neither stops the node nor is harmed by it. */
@Timeout(60)
final class StrangeFilesTest extends OneNode {

  private static final String FIRST = "00000000000000000000.records";

  private Path channels;
  private Path foreign;

  @BeforeEach
  void folders() throws Exception {
    channels = data.resolve("dmq/channels");
    foreign = Files.createDirectories(data.resolve("foreign"));
    for (String name : List.of(FIRST, "notes.new", "delivery", "letter")) {
      Files.writeString(foreign.resolve(name), "somebody's " + name);
    }
  }

  private void assertForeignIsWhole() throws IOException {
    for (String name : List.of(FIRST, "notes.new", "delivery", "letter")) {
      assertEquals("somebody's " + name, Files.readString(foreign.resolve(name)));
    }
    try (Stream<Path> all = Files.list(foreign)) {
      assertEquals(4, all.count());
    }
  }

  private static void fifo(Path path) throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor());
  }

  private void sleepAndWake() throws Exception {
    talk.client().vanishes();
    stop();
    start(Map.of("size", "256KiB"));
  }

  private long told(String text) throws IOException {
    try (Stream<String> lines = Files.lines(data.resolve("dmq/log/root.log"))) {
      return lines.filter(line -> line.contains(text)).count();
    }
  }

  @Test
  void whatIsNoQueueIsToldInOneLineAndLeftAlone() throws Exception {
    talk.push("news", "one");
    Files.createDirectories(channels.resolve("lost+found"));
    fifo(channels.resolve("fifo"));
    fifo(channels.resolve(".removed2"));
    Files.writeString(channels.resolve("file"), "x");
    Files.createSymbolicLink(channels.resolve("link"), foreign);
    Files.createSymbolicLink(channels.resolve("me@link"), foreign);
    Files.createSymbolicLink(channels.resolve(".removed1"), foreign);
    Files.createDirectories(channels.resolve(".removed3/deep/deeper"));
    Files.createSymbolicLink(channels.resolve(".damaged"), foreign);
    sleepAndWake();
    assertEquals(List.of("0:\4news"), talk.ask(0x8A));
    for (String name : List.of("lost+found", "fifo", "file", "/link", "me@link")) {
      assertEquals(1, told(name + " is no queue"), name);
    }
    for (String name : List.of(".removed1", ".removed2", ".removed3")) {
      assertEquals(1, told(name + " cannot be deleted, and stays"), name);
    }
    for (String name : List.of("fifo", "file", "link")) {
      assertEquals(
          List.of("5:what the node's data folder has as channels/" + name + " is in the way"),
          talk.push(name, "two"));
      assertEquals(List.of("1:"), talk.pop("me@" + name));
      assertEquals(List.of("0:"), talk.ask(0x8E, Talk.name(name)));
    }
    sleepAndWake();
    assertEquals(List.of("0:one"), talk.pop("news"));
    assertForeignIsWhole();
    for (String name : List.of("lost+found", "fifo", "file", "link", ".removed1", ".removed3")) {
      assertTrue(Files.exists(channels.resolve(name), LinkOption.NOFOLLOW_LINKS), name);
    }
  }

  @Test
  void whatIsNoFileInAQueuesFolderGoesOutOfTheWayAndCostsNoRecord() throws Exception {
    talk.push("news", "one");
    assertEquals(List.of("0:one"), talk.pop("news"));
    talk.push("news", "two");
    stop();
    Path queue = channels.resolve("@news");
    Path saved;
    try (Stream<Path> all = Files.list(queue)) {
      saved = all.findFirst().orElseThrow();
    }
    Files.createSymbolicLink(queue.resolve("00000000000000000009.records"), foreign.resolve(FIRST));
    fifo(queue.resolve("00000000000000000010.records"));
    Files.createDirectories(queue.resolve("00000000000000000011.records/deep"));
    Files.writeString(queue.resolve("99999999999999999999.records"), "x");
    Files.createDirectories(queue.resolve(saved.getFileName() + ".new/deep"));
    Files.createSymbolicLink(queue.resolve("notes.new"), foreign.resolve("notes.new"));
    fifo(queue.resolve("delivery"));
    fifo(queue.resolve("delivery.new"));
    start(Map.of("size", "256KiB"));
    assertEquals(8, told("is no file of the node's: it is now " + channels.resolve(".damaged")));
    talk.push("news", "three");
    sleepAndWake();
    assertEquals(8, told("is no file of the node's"));
    assertEquals(List.of("0:two"), talk.pop("news"));
    assertEquals(List.of("0:three"), talk.pop("news"));
    assertEquals(List.of("1:"), talk.pop("news"));
    assertForeignIsWhole();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sleep", "always"})
  void aQueueThatBecomesALinkIsDeletedWithoutWhatItLeadsTo(String sync) throws Exception {
    stop();
    start(Map.of("size", "256KiB", "sync", sync));
    talk.push("news", "one");
    assertEquals(List.of("0:one"), talk.pop("me@news"));
    talk.push("news", "two");
    Files.move(channels.resolve("me@news"), data.resolve("moved"));
    Files.createSymbolicLink(channels.resolve("me@news"), foreign);
    Talk other = new Talk(node);
    try {
      other.ask(0x8E, Talk.name("news"));
    } catch (IOException e) {
      // It may say so.
    }
    assertEquals(List.of("0:"), talk.ask(0x8A));
    assertForeignIsWhole();
  }

  @Test
  void aFolderOfAChannelWithSubscribersHidesNoneOfThem() throws Exception {
    talk.push("news", "one");
    assertEquals(List.of("0:one"), talk.pop("me@news"));
    talk.push("news", "two");
    stop();
    Files.createDirectories(channels.resolve("news"));
    start(Map.of("size", "256KiB"));
    assertEquals(1, told("is left alone, for the channel has subscribers"));
    assertEquals(List.of("0:two"), talk.pop("me@news"));
  }

  @Test
  void aLogThatIsALinkOrAFifoIsNotWrittenAndKeepsNobodyWaiting() throws Exception {
    stop();
    Path log = data.resolve("dmq/log");
    Files.delete(log.resolve("stats.log"));
    fifo(log.resolve("root.log"));
    Files.createSymbolicLink(log.resolve("stats.log"), foreign.resolve("letter"));
    start(Map.of("size", "256KiB"));
    assertTrue(talk.push("no way", "x").getFirst().startsWith("3:a name is"));
    sleepAndWake();
    assertEquals(List.of("0:"), talk.push("news", "x"));
    assertForeignIsWhole();
    stop();
    Files.delete(log.resolve("root.log"));
    Files.delete(log.resolve("stats.log"));
    Files.delete(log);
    fifo(log);
    start(Map.of("size", "256KiB"));
    assertTrue(talk.push("no way", "x").getFirst().startsWith("3:a name is"));
  }
}
