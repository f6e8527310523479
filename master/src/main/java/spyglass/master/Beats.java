package spyglass.master;

import java.util.function.Consumer;
import spyglass.worker.Beat;

/**
 * Makes events of the bytes of one worker's pipe: each is a beat, except from {@code =} to the end of
 * the line, which are figures. Figures that are none are left out.
 */
final class Beats {

  /** Two numbers, a blank and a sign are less. What is longer is none. */
  private static final int LONGEST = 64;

  private final long pid;
  private final Consumer<Event> tell;
  private final StringBuilder line = new StringBuilder();
  private boolean inLine;

  Beats(long pid, Consumer<Event> tell) {
    this.pid = pid;
    this.tell = tell;
  }

  /** The next byte. */
  void hear(byte level) {
    if (!inLine && level != Beat.COUNTS) {
      tell.accept(new Event.Beat(pid, level));
    } else if (level == Beat.COUNTS) {
      inLine = true;
      line.setLength(0);
    } else if (level != '\n' && line.length() < LONGEST) {
      line.append((char) level);
    } else {
      inLine = false;
      tellFigures();
    }
  }

  private void tellFigures() {
    String text = line.toString();
    if (text.matches("[0-9]{1,18} [0-9]{1,18}")) {
      int blank = text.indexOf(' ');
      long inFlight = Long.parseLong(text, 0, blank, 10);
      long served = Long.parseLong(text, blank + 1, text.length(), 10);
      tell.accept(new Event.Counted(pid, inFlight, served));
    }
  }
}
