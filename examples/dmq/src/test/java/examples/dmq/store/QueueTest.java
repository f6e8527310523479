package examples.dmq.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueueTest {

  @TempDir private Path root;

  @Test
  void aFullMemoryWithoutOverflowTakesNoMoreAndSaysSo() throws IOException {
    Store store = new Store(root, Store.SIZE, 0, false);
    int count = 0;
    while (store.put(count)) {
      count++;
    }
    assertTrue(count > 300, "only " + count);
    assertEquals(count, store.queue.records());
    assertEquals(0, store.take());
    assertTrue(store.put(count) || store.queue.used() > Store.SIZE - 300);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fourTimesTheMemorySpillsAndDrainsInOrder(boolean always) throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, always);
    store.put(0, 3000);
    assertTrue(store.queue.overflow() > 3 * Store.SIZE);
    assertEquals(Store.range(0, 3000), store.drain());
    assertEquals(0, store.queue.records());
    assertEquals(0, store.queue.overflow());
  }

  @Test
  void whatWasDrainedLeavesNoFileBehind() throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, false);
    store.put(0, 3000);
    store.drain();
    assertEquals(List.of(), store.files());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sleepKeepsEverythingInItsOrder(boolean always) throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, always);
    store.put(0, 3000);
    for (int i = 0; i < 700; i++) {
      assertEquals(i, store.take());
    }
    store.sleepAndWake();
    assertEquals(2300, store.queue.records());
    store.put(3000, 3100);
    store.sleepAndWake();
    assertEquals(Store.range(700, 3100), store.drain());
    assertEquals(List.of(), store.told);
  }

  @Test
  void filesAreDeletedWhenAllIsInMemoryAgain() throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, false);
    store.put(0, 100);
    assertEquals(List.of(), store.files());
    store.queue.sleep();
    assertEquals(1, store.files().size());
    store.dieAndWake();
    assertEquals(List.of(), store.files());
    assertEquals(Store.range(0, 100), store.drain());
  }

  @Test
  void aFileThatDoesNotFitIntoMemoryStaysUntilItIsRead() throws IOException {
    Store large = new Store(root, 4 * Store.SIZE, 0, false);
    large.put(0, 1500);
    large.queue.sleep();
    Store small = new Store(root, Store.SIZE, Store.PLENTY, false);
    assertEquals(1, small.files().size());
    small.put(1500, 1600);
    assertEquals(Store.range(0, 1600), small.drain());
    assertEquals(List.of(), small.files());
  }

  @Test
  void withoutSyncAnEndWithoutSleepLosesWhatWasInMemoryAndNoMore() throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, false);
    store.put(0, 3000);
    long onDisk = 3000 - firstOnDisk(store);
    store.dieAndWake();
    List<Integer> left = store.drain();
    assertEquals(Store.range((int) (3000 - onDisk), 3000), left);
  }

  private static long firstOnDisk(Store store) throws IOException {
    String name = String.valueOf(store.files().getFirst().getFileName());
    return Long.parseLong(name.substring(0, 20));
  }

  @Test
  void withAlwaysAnEndWithoutSleepLosesNothing() throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, true);
    store.put(0, 3000);
    for (int i = 0; i < 1234; i++) {
      store.take();
    }
    store.queue.commit();
    store.dieAndWake();
    assertEquals(Store.range(1234, 3000), store.drain());
  }

  @Test
  void whatIsTakenAndGivenBackIsThereAfterTheEnd() throws IOException {
    Store store = new Store(root, Store.SIZE, Store.PLENTY, true);
    store.put(0, 10);
    store.take();
    store.queue.commit();
    long mark = store.queue.mark();
    store.take();
    store.take();
    store.queue.flush();
    store.queue.back(mark, 2);
    store.queue.commit();
    store.dieAndWake();
    assertEquals(Store.range(1, 10), store.drain());
  }

  /** Against a model: any order of putting, taking, sleeping and dying. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void withAlwaysNothingIsEverLostDoubledOrOutOfOrder(long seed) throws IOException {
    Random random = new Random(seed);
    Store store = new Store(root, Store.SIZE, Store.PLENTY, true);
    Deque<Integer> model = new ArrayDeque<>();
    int next = 0;
    for (int i = 0; i < 60; i++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          int until = next + random.nextInt(900);
          for (; next < until; next++) {
            assertTrue(store.put(next));
            model.add(next);
          }
        }
        case 2, 3 -> {
          for (int k = random.nextInt(900); k > 0 && !model.isEmpty(); k--) {
            assertEquals(model.remove(), store.take(), "seed " + seed);
          }
        }
        default -> {
          store.queue.commit();
          if (random.nextBoolean()) {
            store.sleepAndWake();
          } else {
            store.dieAndWake();
          }
          assertEquals(model.size(), store.queue.records(), "seed " + seed);
        }
      }
    }
    assertEquals(List.copyOf(model), store.drain(), "seed " + seed);
    assertEquals(List.of(), store.told);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void withoutSyncNothingIsEverDoubledOrOutOfOrder(long seed) throws IOException {
    Random random = new Random(seed);
    Store store = new Store(root, Store.SIZE, Store.PLENTY, false);
    int next = 0;
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          int until = next + random.nextInt(900);
          store.put(next, until);
          next = until;
        }
        case 2, 3 -> {
          for (int k = random.nextInt(900); k > 0 && store.queue.records() > 0; k--) {
            taken.add(store.take());
          }
        }
        default -> {
          if (random.nextBoolean()) {
            long before = store.queue.records();
            store.sleepAndWake();
            assertEquals(before, store.queue.records(), "seed " + seed);
          } else {
            store.dieAndWake();
          }
        }
      }
    }
    taken.addAll(store.drain());
    for (int i = 1; i < taken.size(); i++) {
      assertTrue(taken.get(i) > taken.get(i - 1), "seed " + seed + " after " + taken.get(i - 1));
    }
    assertEquals(List.of(), store.told);
  }
}
