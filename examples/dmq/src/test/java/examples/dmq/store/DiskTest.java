package examples.dmq.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that takes nothing any more, or has more than there is room for in memory. */
final class DiskTest {

  @TempDir private Path root;

  /** The JDK closes a file when a thread that is in it is interrupted. */
  @Test
  void whatAClosedFileDoesNotKeepIsNotAcknowledged() throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, true);
    store.put(0);
    store.queue.flush();
    Thread.currentThread().interrupt();
    try {
      assertThrows(ClosedChannelException.class, () -> store.queue.commit());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void aRecordThatIsLargerThanTheMemoryIsToldAndStaysOnDisk() throws IOException {
    byte[] large = new byte[100_000];
    Limits limits = new Limits(2 * large.length, List.of(), 0, large.length, false);
    Queue queue = new Queue(root, "news", this, limits, line -> {});
    queue.put(large, 0, large.length);
    queue.sleep();
    Exception thrown =
        assertThrows(IOException.class, () -> new Store(root, Store.SIZE, Store.PLENTY, false));
    assertEquals(
        "news has a record of 100000 bytes: raise dmq.size", String.valueOf(thrown.getMessage()));
    assertEquals(large.length, new Queue(root, "news", this, limits, line -> {}).next());
  }

  /** A file that is closed takes nothing, as one on a full disk. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whileTheDiskTakesNothingNoRecordIsHandedOut(boolean always) throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, always);
    store.put(0, 3000);
    store.put(3000);
    Thread.currentThread().interrupt();
    try {
      assertThrows(ClosedChannelException.class, () -> store.queue.commit());
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertThrows(IOException.class, store::take);
    assertThrows(IOException.class, store::take);
    assertEquals(3001, store.queue.records());
  }
}
