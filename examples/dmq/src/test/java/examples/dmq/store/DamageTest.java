package examples.dmq.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in which something is that nobody has written. */
final class DamageTest {

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDamagedFileIsSetAsideToldAndReadUpToTheDamage(boolean always) throws IOException {
    Store store = new Store(root, 2 * Store.SIZE, Store.PLENTY, always);
    store.put(0, 500);
    store.queue.sleep();
    Path file = store.files().getFirst();
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(raw.length() / 2);
      raw.write(raw.read() ^ 1);
    }
    byte[] damaged = Files.readAllBytes(file);
    store.dieAndWake();
    List<Integer> left = store.drain();
    assertTrue(left.size() > 200 && left.size() < 300, "left " + left.size());
    assertEquals(Store.range(0, left.size()), left);
    assertEquals(1, store.told.size());
    assertTrue(store.told.getFirst().contains("damaged at byte"), store.told.toString());
    assertEquals(
        -1, java.util.Arrays.mismatch(damaged, Files.readAllBytes(store.setAside().getFirst())));
    store.put(500, 600);
    store.queue.commit();
    store.sleepAndWake();
    assertEquals(Store.range(500, 600), store.drain());
  }

  @Test
  void damageInAMiddleFileCostsNothingOfTheNext() throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, true);
    byte[] large = new byte[Store.RECORD];
    for (int i = 0; i < 700; i++) {
      store.queue.put(large, 0, large.length);
    }
    store.queue.commit();
    List<Path> files = store.files();
    assertEquals(3, files.size());
    try (RandomAccessFile raw = new RandomAccessFile(files.get(1).toFile(), "rw")) {
      raw.seek(5000);
      raw.write(7);
    }
    store.dieAndWake();
    int count = 0;
    while (store.queue.next() >= 0) {
      store.queue.take(large, 0);
      count++;
    }
    assertTrue(count > 400 && count < 430, "left " + count);
    assertEquals(2, store.told.size(), store.told.toString());
  }

  @Test
  void damageInAMiddleFileCostsNothingBeforeItEither() throws IOException {
    Store store = new Store(root, 32 << 20, Store.PLENTY, true);
    byte[] large = new byte[Store.RECORD];
    for (int i = 0; i < 700; i++) {
      ByteBuffer.wrap(large).putInt(0, i);
      store.queue.put(large, 0, large.length);
    }
    store.queue.commit();
    List<Path> files = store.files();
    assertEquals(3, files.size());
    try (RandomAccessFile raw = new RandomAccessFile(files.get(1).toFile(), "rw")) {
      raw.seek(100L * Store.RECORD);
      raw.write(7);
    }
    for (int i = 0; i < 3; i++) {
      store.dieAndWake();
      assertTrue(store.queue.next() >= 0);
      store.queue.take(large, 0);
      assertEquals(i, ByteBuffer.wrap(large).getInt());
      store.queue.commit();
    }
    store.sleepAndWake();
    assertTrue(store.queue.next() >= 0);
    store.queue.take(large, 0);
    assertEquals(3, ByteBuffer.wrap(large).getInt());
  }

  @Test
  void whatWasHandedOutDoesNotComeAgainWhenTheFileIsDamagedWhileItIsUsed() throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, true);
    store.put(0, 3000);
    for (int i = 0; i < 300; i++) {
      store.take();
    }
    store.queue.commit();
    try (RandomAccessFile raw = new RandomAccessFile(store.files().getFirst().toFile(), "rw")) {
      raw.seek(raw.length() / 2);
      raw.write(raw.read() ^ 0x41);
    }
    List<Integer> left = store.drain();
    assertEquals(Store.range(300, 300 + left.size()), left);
    assertEquals(2, store.told.size(), store.told.toString());
    store.dieAndWake();
    List<Integer> again = store.drain();
    assertTrue(again.isEmpty() || again.getFirst() >= 300, again.toString());
    store.put(3000, 4000);
    store.dieAndWake();
    assertEquals(Store.range(3000, 4000), store.drain());
  }

  @Test
  void whatWasHandedOutDoesNotComeAgainWhenTheFileIsDamagedBeforeThat() throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, true);
    store.put(0, 100);
    for (int i = 0; i < 90; i++) {
      store.take();
    }
    store.queue.commit();
    try (RandomAccessFile raw = new RandomAccessFile(store.files().getFirst().toFile(), "rw")) {
      raw.seek(500);
      raw.write(77);
    }
    store.dieAndWake();
    assertEquals(List.of(), store.drain());
    store.put(100, 110);
    store.dieAndWake();
    assertEquals(Store.range(100, 110), store.drain());
  }

  @Test
  void aTornLastFrameIsCutOff() throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, true);
    store.put(0, 100);
    try (RandomAccessFile raw = new RandomAccessFile(store.files().getFirst().toFile(), "rw")) {
      raw.setLength(raw.length() - 3);
    }
    store.dieAndWake();
    store.put(100, 101);
    store.dieAndWake();
    List<Integer> left = store.drain();
    assertEquals(Store.range(0, 99), left.subList(0, 99));
    assertEquals(List.of(100), left.subList(99, left.size()));
  }

  @Test
  void aFileWithoutAWholeHeaderIsNoFile() throws IOException {
    Files.createDirectories(root.resolve("news"));
    Files.write(root.resolve("news").resolve("00000000000000000000.records"), new byte[9]);
    Store store = new Store(root, Store.SIZE, Store.PLENTY, false);
    assertFalse(store.queue.next() >= 0);
    store.put(0, 5);
    store.sleepAndWake();
    assertEquals(Store.range(0, 5), store.drain());
  }

  /** Damage at every place of a small file: it is always read up to there, and never more. */
  @Test
  void whereverTheDamageIsWhatIsBeforeItIsServedInOrder() throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, true);
    store.put(0, 30);
    store.queue.sleep();
    Path file = store.files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    for (int at = Frames.HEADER; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x41;
      Files.write(file, damaged);
      store.dieAndWake();
      List<Integer> left = store.drain();
      assertEquals(Store.range(0, left.size()), left, "byte " + at);
      assertTrue(left.size() < 30, "byte " + at);
    }
  }
}
