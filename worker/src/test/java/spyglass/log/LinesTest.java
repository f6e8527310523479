package spyglass.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinesTest {

  private static final String LOST = "me: warning: ";

  /** A log that may stand still, and may fail. */
  private static final class Log extends OutputStream {

    private final CountDownLatch reader = new CountDownLatch(1);
    private final CountDownLatch writer = new CountDownLatch(1);
    private final List<String> written = new ArrayList<>();
    private final int failures;
    private int tries;

    Log(int failures) {
      this.failures = failures;
    }

    @Override
    public void write(int b) {
      throw new AssertionError("a line is written as a whole");
    }

    @Override
    public void write(byte[] line) throws IOException {
      writer.countDown();
      try {
        reader.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      synchronized (written) {
        tries++;
        written.notifyAll();
        if (tries <= failures) {
          throw new IOException("No space left on device");
        }
        written.add(new String(line, UTF_8).stripTrailing());
      }
    }

    void awaitTries(int count) throws InterruptedException {
      synchronized (written) {
        while (tries < count) {
          written.wait();
        }
      }
    }

    List<String> awaitLines(int count) throws InterruptedException {
      synchronized (written) {
        while (written.size() < count) {
          written.wait();
        }
        return List.copyOf(written);
      }
    }
  }

  private static void add(Lines lines, String line) {
    lines.add((line + "\n").getBytes(UTF_8));
  }

  @Test
  void nobodyWaitsForTheReaderAndTheOrderIsKept() throws Exception {
    Log log = new Log(0);
    Lines lines = new Lines(log, "me: ");
    for (int i = 0; i < 1000; i++) {
      add(lines, "" + i);
    }
    assertEquals(List.of(), log.awaitLines(0));
    log.reader.countDown();
    List<String> written = log.awaitLines(1000);
    for (int i = 0; i < 1000; i++) {
      assertEquals("" + i, written.get(i));
    }
  }

  @Test
  void whatNobodyReadsIsDroppedAndCountedAndToldWhereItIsMissing() throws Exception {
    Log log = new Log(0);
    Lines lines = new Lines(log, "me: ");
    String large = "x".repeat(Lines.MOST_BYTES / 4);
    add(lines, 0 + large);
    log.writer.await();
    for (int i = 1; i < 10; i++) {
      add(lines, i + large);
    }
    log.reader.countDown();
    List<String> written = log.awaitLines(5);
    for (int i = 0; i < 4; i++) {
      assertTrue(written.get(i).startsWith(i + "x"), "one is with the writer, three wait");
    }
    assertEquals(LOST + "6 lines of the log were lost: nobody read it", written.get(4));
    add(lines, "again");
    assertEquals("again", log.awaitLines(6).get(5));
  }

  @Test
  void whatCannotBeWrittenIsToldWhenItCan() throws Exception {
    Log log = new Log(3);
    Lines lines = new Lines(log, "me: ");
    log.reader.countDown();
    for (int i = 1; i <= 3; i++) {
      add(lines, "" + i);
      log.awaitTries(i);
    }
    add(lines, "4");
    assertEquals(
        List.of(LOST + "3 lines of the log were lost: No space left on device", "4"),
        log.awaitLines(2));
  }

  @Test
  void aLineLargerThanAllThatMayWaitIsWritten() throws Exception {
    Log log = new Log(0);
    Lines lines = new Lines(log, "me: ");
    log.reader.countDown();
    String large = "x".repeat(2 * Lines.MOST_BYTES);
    add(lines, large);
    assertEquals(List.of(large), log.awaitLines(1));
  }

  @Test
  void oneThatEndsWithoutAnExitWaitsForItsLastLinesButNotForEver() throws Exception {
    Log log = new Log(0);
    Lines lines = new Lines(log, "me: ");
    add(lines, "last");
    long began = System.nanoTime();
    lines.flush();
    assertEquals(List.of(), log.awaitLines(0));
    assertTrue(System.nanoTime() - began < 30_000_000_000L);
    log.reader.countDown();
    assertEquals(List.of("last"), log.awaitLines(1));
  }
}
