package examples.acceptlab;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line of the lab asks for: {@code work MS} keeps a thread for so many milliseconds, and any
 * other line for none. The thread sleeps, as one does that waits for a database: a lab that computed
 * would measure the two or four cores of a machine and not who accepts.
 *
 * @param millis how long, from 0 to 60,000
 */
record Task(int millis) {

  private static final Pattern WORK = Pattern.compile("work ([0-9]{1,5})");
  private static final int MOST = 60_000;

  static Task of(String line) {
    Matcher work = WORK.matcher(line);
    return new Task(work.matches() ? Math.min(MOST, Integer.parseInt(work.group(1))) : 0);
  }

  /** Returns early, and leaves the mark on the thread, when it is interrupted. */
  void perform() {
    if (millis == 0) {
      return;
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A line that says who has begun with it; sent at once, so a client knows whom it depends on. */
  static String begun() {
    return ProcessHandle.current().pid() + " begun\n";
  }

  static String done() {
    return ProcessHandle.current().pid() + " done\n";
  }
}
