package spyglass.worker;

import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import spyglass.process.Signals;

/**
 * What TERM and ALRM do. TERM asks to finish, and being asked twice is being asked once: an operator may
 * have done so before the master does. ALRM says that the time is up.
 *
 * <p>Left to itself, the JVM answers TERM by shutdown hooks and then an exit, and meanwhile our own thread
 * goes on: it could still accept somebody, who would then see his connection end without an answer. So
 * there is one lock. Either the order comes first, and nobody is ever accepted here, or it is an order to
 * finish what was accepted. That holds for a TERM, too, that came before it was ours: the JVM's answer to
 * it is a thread, which may get a processor only when the boot is over.
 */
final class Termination {

  private static final int ALRM = 14;
  static final int TERM = 15;

  /** What the JVM calls the thread in which it answers TERM. */
  private static final String ANSWERS_TERM = "SIGTERM handler";

  private final IntConsumer end;
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable Loop loop;
  private boolean exiting;

  /**
   * Not yet heard of.
   *
   * @param end ends this process at once, by a signal of that number as it were
   */
  Termination(IntConsumer end) {
    this.end = end;
  }

  /** From now on these signals are ours. */
  void listen() {
    Signals.on("TERM", this::term);
    Signals.on("ALRM", this::alarm);
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(this::exit, "exit"));
    } catch (IllegalStateException e) {
      // TERM has come before, and its exit has begun.
      end.accept(TERM);
    }
  }

  /**
   * Who accepts, from now on.
   *
   * @return whether he may; not if TERM came before it was ours, and the JVM is on its way out
   */
  synchronized boolean accepting(Loop serving) {
    loop = serving;
    return !exiting;
  }

  /** Nobody is served here any more. */
  void served() {
    over.countDown();
  }

  /** Whether this process is on its way out. */
  synchronized boolean isExiting() {
    return exiting;
  }

  /** An exit has begun, and lasts at least as long as this: what was accepted is finished before. */
  void exit() {
    Loop serving = exitBegins();
    // An app may have asked for it as well, within a request that could not end then.
    if (serving != null && over.getCount() > 0 && isAnswerToTerm()) {
      serving.drain("told to stop");
      try {
        over.await();
      } catch (InterruptedException e) {
        // Nobody does that; then at once.
      }
    }
  }

  private synchronized @Nullable Loop exitBegins() {
    exiting = true;
    return loop;
  }

  private static boolean isAnswerToTerm() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(ANSWERS_TERM));
  }

  private synchronized void term() {
    if (loop == null) {
      end.accept(TERM);
    } else {
      loop.drain("told to stop");
    }
  }

  private synchronized void alarm() {
    if (loop == null) {
      end.accept(ALRM);
    } else {
      loop.cut();
    }
  }
}
