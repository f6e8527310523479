package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.process.Timeline;

/** Through a pipe of the kernel's, as between worker and master. */
@Timeout(20)
class HeartbeatTest {

  private Pipe pipe;
  private InputStream master;
  private Heartbeat heartbeat;

  @BeforeEach
  void openPipe() throws IOException {
    pipe = Pipe.open();
    master = Channels.newInputStream(pipe.source());
    heartbeat =
        new Heartbeat(Channels.newOutputStream(pipe.sink()), Timeline.none("Worker"), false);
  }

  /** Ends the writer as well: its next write fails. */
  @AfterEach
  void closePipe() throws IOException {
    pipe.source().close();
    pipe.sink().close();
  }

  private String read(int count) throws IOException {
    return new String(master.readNBytes(count), StandardCharsets.US_ASCII);
  }

  private void assertTold(String bytes) throws IOException {
    assertEquals(bytes, read(bytes.length()));
  }

  @Test
  void nothingIsSaidBeforeTheAppIsThereAndThenThatItIs() throws IOException {
    heartbeat.begin();
    heartbeat.end(true);
    heartbeat.ready();
    assertEquals("r()", read(3));
  }

  @Test
  void whoGoesBeforeItsMasterTellsHowLongTheWakeHasTakenInALineOfItsOwn() throws IOException {
    Timeline timeline = Timeline.of("Worker", System.currentTimeMillis());
    Heartbeat first = new Heartbeat(Channels.newOutputStream(pipe.sink()), timeline, true);
    first.begin();
    first.ready();
    first.served();
    StringBuilder line = new StringBuilder();
    for (String one = read(1); !one.equals("\n"); one = read(1)) {
      line.append(one);
    }
    assertTrue(line.toString().matches("[0-9]+"), line::toString);
    assertTold("r=1 1\n(");
  }

  @Test
  void busyIsToldOnceThenOnceASecondAndThenItsEnd() throws IOException {
    heartbeat.ready();
    assertEquals("r", read(1));
    long begun = System.nanoTime();
    heartbeat.begin();
    assertTold("=1 0\n(");
    assertEquals("..", read(2));
    long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
    assertTrue(millis >= 1_500, () -> "two beats within " + millis + " ms");
    heartbeat.end(true);
    assertTold("=0 0\n)");
  }

  @Test
  void aWorkerIsBusyUntilTheLastOfSeveralEnds() throws IOException {
    heartbeat.ready();
    heartbeat.begin();
    assertTold("r=1 0\n(");
    heartbeat.begin();
    heartbeat.end(true);
    assertTold(".");
    heartbeat.end(false);
    assertTold("=0 0\n)");
  }

  @Test
  void whatIsNoVisitIsToldSoAndNotAtAllIfItIsOverBeforeAnybodyLooked() throws IOException {
    heartbeat.begin();
    heartbeat.end(false);
    heartbeat.ready();
    assertTold("r");
    heartbeat.begin();
    assertTold("=1 0\n(");
    heartbeat.end(false);
    assertTold("=0 0\n,");
    heartbeat.begin();
    heartbeat.end(true);
    assertTold("()");
  }

  @Test
  void answersAreCountedAndToldWithTheNextBeat() throws IOException {
    heartbeat.ready();
    assertTold("r");
    for (int i = 1; i <= 3; i++) {
      heartbeat.begin();
      heartbeat.served();
      heartbeat.end(true);
      assertTold("=0 " + i + "\n()");
    }
    heartbeat.begin();
    assertTold("=1 3\n(");
    heartbeat.begin();
    heartbeat.served();
    assertTold("=2 4\n.");
  }

  @Test
  void eachThreadThatIsStuckIsToldOnceAndAtOnce() throws IOException {
    heartbeat.ready();
    heartbeat.begin();
    assertTold("r=1 0\n(");
    heartbeat.stuck();
    heartbeat.stuck();
    String told = read(4);
    assertEquals("xx", told.replace(".", "").substring(0, 2), told);
  }

  @Test
  void theLastWordIsSaidWithoutRestAndNothingAfterIt() throws IOException {
    heartbeat.ready();
    heartbeat.begin();
    heartbeat.served();
    heartbeat.end(true);
    heartbeat.close();
    pipe.sink().close();
    assertEquals("r=0 1\n()", new String(master.readAllBytes(), StandardCharsets.US_ASCII));
  }

  @Test
  void aMasterThatDoesNotReadDoesNotHoldUpTheEnd() throws IOException {
    fill();
    heartbeat.ready();
    assertTimeoutPreemptively(Duration.ofSeconds(10), heartbeat::close);
  }

  @Test
  void workThatIsOverBeforeAnybodyLookedIsToldAllTheSame() throws IOException {
    heartbeat.ready();
    assertEquals("r", read(1));
    for (int i = 0; i < 5; i++) {
      heartbeat.begin();
      heartbeat.end(true);
      assertEquals("()", read(2));
    }
  }

  @Test
  void muchShortWorkIsToldInFewBytes() throws IOException {
    heartbeat.ready();
    long until = System.nanoTime() + Duration.ofMillis(300).toNanos();
    while (System.nanoTime() - until < 0) {
      heartbeat.begin();
      heartbeat.end(true);
    }
    int told = master.available();
    assertTrue(told < 40, () -> told + " bytes");
  }

  /** The Ruby original died of this after 65,526 requests: 64 KiB of beats that nobody had read. */
  @Test
  void aMasterThatDoesNotReadHoldsNobodyUpAndLearnsTheRestLater() throws IOException {
    int stuffed = fill();
    heartbeat.ready();
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 100_000; i++) {
            heartbeat.begin();
            heartbeat.end(true);
          }
        });
    master.skipNBytes(stuffed);
    assertEquals("r()", read(3));
  }

  /** Writes until the pipe takes no more. */
  private int fill() throws IOException {
    pipe.sink().configureBlocking(false);
    ByteBuffer stuff = ByteBuffer.allocate(4096);
    int total = 0;
    int count = pipe.sink().write(stuff);
    while (count > 0) {
      total += count;
      count = pipe.sink().write(stuff.clear());
    }
    pipe.sink().configureBlocking(true);
    return total;
  }
}
