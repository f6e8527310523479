package spyglass.process;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What to do when a signal comes.
 *
 * <p>A signal can arrive between any two instructions, and a C program may do next to nothing in its
 * handler (signal-safety(7)). The JVM's own handler only notes the signal and wakes a thread, which
 * then runs ours, so it may do what Java code may do; still, all that ours do is to leave a message
 * for the loop of their process.
 */
public final class Signals {

  private Signals() {}

  /**
   * Has something done, on a thread of the JVM's, each time a signal arrives.
   *
   * @param name without SIG: {@code TERM}, {@code INT}
   */
  public static void on(String name, Runnable action) {
    Signal.handle(new Signal(name), new Handler(action));
  }

  private record Handler(Runnable action) implements SignalHandler {
    @Override
    public void handle(Signal signal) {
      action.run();
    }
  }

  /** Lets a signal pass without effect. */
  public static void ignore(String name) {
    Signal.handle(new Signal(name), SignalHandler.SIG_IGN);
  }
}
