package spyglass.e2e;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions; a test that waited a fixed time would be slow, and wrong on a slow day. */
final class Patience {

  private Patience() {}

  /**
   * Looks again and again.
   *
   * @param what it waits for, in words
   * @param story what happened instead, asked only if it has waited in vain
   */
  static void await(String what, long seconds, BooleanSupplier condition, Supplier<String> story) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new AssertionError("waited in vain for " + what + "; " + story.get());
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts a test", e);
      }
    }
  }
}
