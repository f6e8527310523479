package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AppThreadsTest {

  private final Semaphore freed = new Semaphore(0);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final Semaphore inside = new Semaphore(0);

  private void waitAtGate() {
    inside.release();
    awaitQuietly(gate);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void thereAreNeverMoreAtOnceThanAllowedAndAllGetTheirTurn() {
    asManyAsAllowedAreAtWork(new AppThreads(3, () -> {}), 3);
  }

  @Test
  void asManyAsAllowedRunAtTheSameTime() throws InterruptedException {
    AppThreads threads = new AppThreads(3, () -> {});
    for (int i = 0; i < 4; i++) {
      threads.run(this::waitAtGate);
    }
    inside.acquire(3);
    assertEquals(0, inside.availablePermits(), "the fourth waits");
    gate.countDown();
    inside.acquire();
  }

  @Test
  void oneTaskAfterTheOtherMakesOneThreadHoweverManyAreAllowed() {
    AppThreads threads = new AppThreads(64, () -> {});
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 500; i++) {
      CountDownLatch done = new CountDownLatch(1);
      threads.run(() -> {
        used.add(Thread.currentThread());
        done.countDown();
      });
      awaitQuietly(done);
      TestWorker.await("the thread is back", () -> threads.idle() == 1);
    }
    assertEquals(1, used.size());
  }

  @Test
  void theyAreFullWhenOneMoreWouldWaitAndSaySoWhenThatIsOver() throws InterruptedException {
    AppThreads threads = new AppThreads(2, freed::release);
    assertFalse(threads.full());
    threads.run(this::waitAtGate);
    assertFalse(threads.full());
    threads.run(this::waitAtGate);
    assertTrue(threads.full());
    threads.run(this::waitAtGate);
    inside.acquire(2);
    assertEquals(0, freed.availablePermits());
    gate.countDown();
    assertTrue(freed.tryAcquire(10, TimeUnit.SECONDS), "whenFree was called");
    assertFalse(threads.full());
    inside.acquire();
    assertEquals(0, freed.availablePermits(), "once, for all was taken once");
  }

  @Test
  void whoWaitsForASlowReaderLeavesItsPlaceToAnotherAndComesBack() throws InterruptedException {
    AppThreads threads = new AppThreads(2, freed::release);
    for (int i = 0; i < 8; i++) {
      threads.run(() -> {
        boolean aside = threads.stepAside();
        waitAtGate();
        if (aside) {
          threads.stepBack();
        }
      });
    }
    inside.acquire(8);
    assertFalse(threads.full(), "all are aside");
    threads.run(this::waitAtGate);
    threads.run(this::waitAtGate);
    inside.acquire(2);
    assertTrue(threads.full());
    gate.countDown();
    TestWorker.await("both places to be free", () -> !threads.full());
    asManyAsAllowedAreAtWork(threads, 2);
  }

  /** Whoever stood in for another is gone. */
  private static void asManyAsAllowedAreAtWork(AppThreads threads, int allowed) {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(300);
    for (int i = 0; i < 300; i++) {
      threads.run(() -> {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        LockSupport.parkNanos(1_000);
        now.decrementAndGet();
        all.countDown();
      });
    }
    awaitQuietly(all);
    assertTrue(most.get() <= allowed, most::toString);
  }

  @Test
  void thereIsOnlySoMuchRoomAside() throws InterruptedException {
    AppThreads threads = new AppThreads(2, freed::release);
    AtomicInteger aside = new AtomicInteger();
    for (int i = 0; i < 20; i++) {
      threads.run(() -> {
        aside.addAndGet(threads.stepAside() ? 1 : 0);
        waitAtGate();
      });
    }
    inside.acquire(10);
    assertEquals(8, aside.get());
    assertEquals(0, inside.availablePermits(), "eight are aside and two in their places");
    gate.countDown();
  }

  @Test
  void aPlaceThatAnotherThreadHasTakenIsTakenUntilItLeaves() throws InterruptedException {
    AppThreads threads = new AppThreads(2, () -> {});
    assertTrue(threads.tryEnter());
    threads.run(this::waitAtGate);
    threads.run(this::waitAtGate);
    inside.acquire();
    assertTrue(threads.full());
    assertFalse(threads.tryEnter());
    assertEquals(0, inside.availablePermits(), "there is no place for the second");
    threads.leave();
    inside.acquire();
    gate.countDown();
    TestWorker.await("a place to be free", threads::tryEnter);
    TestWorker.await("the other, too", threads::tryEnter);
    assertFalse(threads.tryEnter());
  }

  @Test
  void withOneThreadNobodyStepsAside() throws InterruptedException {
    AppThreads threads = new AppThreads(1, freed::release);
    threads.run(() -> {
      assertFalse(threads.stepAside());
      waitAtGate();
    });
    threads.run(this::waitAtGate);
    inside.acquire();
    assertTrue(threads.full());
    assertEquals(0, inside.availablePermits());
    gate.countDown();
    inside.acquire();
  }

  @Test
  void anInterruptThatAnAppHasLeftBehindDisturbsNobody() throws InterruptedException {
    AppThreads threads = new AppThreads(1, () -> {});
    threads.run(() -> Thread.currentThread().interrupt());
    threads.run(inside::release);
    assertTrue(inside.tryAcquire(10, TimeUnit.SECONDS));
  }
}
