package spyglass.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection from the master. Orders go one way; figures, when asked for, and news go the other. A
 * master that is stopped or stuck does not answer, and nobody waits for it longer than a second.
 */
public final class MasterLink implements Conversation {

  private static final long PATIENCE_MILLIS = 1000;

  /** For the figures of 256 workers it takes a tenth of this. */
  private static final int LONGEST_ANSWER = 256 << 10;

  /** What the lookout keeps for when there is no master; the rest is for whoever has asked. */
  private static final Set<String> NEWS = Set.of("total", "state", "trained", "last-error");

  private final Talk talk;
  private final Hub hub;
  private final StringBuilder answer = new StringBuilder();

  /** Who waits for the answer to the question that was asked; null when none was. */
  private @Nullable List<Consumer<String>> waiting;

  /** Who came after it was asked: what is answered to it may be older than what they want to know. */
  private List<Consumer<String>> next = new ArrayList<>();

  /** The last question is not answered yet, and nobody waits for that any more. */
  private boolean silent;

  MasterLink(Talk talk, Hub hub) {
    this.talk = talk;
    this.hub = hub;
  }

  /** Has the master do something; false if it has not read for so long that no more can be said. */
  public boolean order(String text) {
    return talk.say(text + "\n");
  }

  /** Tells the master's figures, or that it is silent. */
  public void figures(Consumer<String> whom) {
    next.add(whom);
    if (waiting == null) {
      ask();
    }
  }

  private void ask() {
    waiting = next;
    next = new ArrayList<>();
    talk.within(PATIENCE_MILLIS);
    // One question at a time: a master that is stopped for a night must not find a thousand.
    if (!silent && !order("status")) {
      overdue();
    }
  }

  @Override
  public void heard(String line) {
    int blank = line.indexOf(' ');
    if (line.isEmpty()) {
      answered();
    } else if (blank > 0 && NEWS.contains(line.substring(0, blank))) {
      hub.heard(line.substring(0, blank), line.substring(blank + 1));
    } else {
      if (line.startsWith("wanted ")) {
        hub.heard("wanted", line.substring(blank + 1));
      }
      if ((silent || waiting != null) && answer.length() + line.length() < LONGEST_ANSWER) {
        answer.append(line).append('\n');
      }
    }
  }

  private void answered() {
    String figures = answer.toString();
    answer.setLength(0);
    if (silent) {
      // The answer to a question of long ago: those who wait now are asked for now.
      silent = false;
      if (waiting != null && !order("status")) {
        overdue();
      }
      return;
    }
    tell(figures);
  }

  private void tell(String figures) {
    List<Consumer<String>> whom = waiting == null ? List.of() : waiting;
    waiting = null;
    talk.within(Guest.NEVER);
    for (Consumer<String> one : whom) {
      one.accept(figures);
    }
    if (!next.isEmpty() && waiting == null) {
      ask();
    }
  }

  @Override
  public void overdue() {
    silent = true;
    tell(Figures.SILENT);
  }

  /** What a master that has ended said last. */
  public void readToEnd() {
    talk.readToEnd();
    talk.close();
  }

  @Override
  public void ended() {
    hub.disconnected();
    List<Consumer<String>> late = next;
    next = new ArrayList<>();
    tell("");
    for (Consumer<String> one : late) {
      one.accept("");
    }
    talk.close();
  }
}
