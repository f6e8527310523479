package spyglass.torture;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells from the lines of a log written with -v what a server is about. It knows nothing of files and
 * clocks, so its tests invent both.
 */
final class Stages {

  private static final Pattern LINE = Pattern.compile("\\[(\\d+)] \\[(\\w+)] (.*)");
  private static final Pattern STARTED = Pattern.compile("started worker \\d+");
  private static final Pattern READY = Pattern.compile("worker \\d+ is ready");
  private static final Pattern ENDED =
      Pattern.compile("(?:warning: )?worker (\\d+) has (?:left|ended)\\b.*");

  /** How long a server counts as just ready. */
  private static final long READY_NANOS = 200_000_000;

  private final Set<Long> leaving = new HashSet<>();
  private Stage stage = Stage.ASLEEP;
  private long readySince;

  /** Hears the next line, which came at that time. */
  void hear(String line, long now) {
    Matcher said = LINE.matcher(line);
    if (!said.matches()) {
      return;
    }
    String text = said.group(3);
    switch (said.group(2)) {
      case "Lookout" -> lookout(text);
      case "Master" -> master(text, now);
      case "Worker" -> worker(Long.parseLong(said.group(1)), text);
      default -> {
        // The Server, which is not there any more, or the app.
      }
    }
  }

  private void lookout(String text) {
    if (text.equals("watching")) {
      stage = Stage.ASLEEP;
      leaving.clear();
    } else if (text.endsWith("waking")) {
      stage = Stage.WAKING;
    }
  }

  private void master(String text, long now) {
    Matcher ended = ENDED.matcher(text);
    if (ended.matches()) {
      leaving.remove(Long.parseLong(ended.group(1)));
    } else if (stage == Stage.WAKING && STARTED.matcher(text).matches()) {
      stage = Stage.BOOTING;
    } else if (isBeforeReady() && READY.matcher(text).matches()) {
      stage = Stage.READY;
      readySince = now;
    } else if (text.startsWith("stopping: ")) {
      stage = text.contains("nobody has visited") ? Stage.GOING_TO_SLEEP : Stage.DRAINING;
    }
  }

  private void worker(long pid, String text) {
    if (text.endsWith("finishing what was accepted")) {
      leaving.add(pid);
    } else if (text.equals("leaving")) {
      leaving.remove(pid);
    }
  }

  private boolean isBeforeReady() {
    return stage == Stage.WAKING || stage == Stage.BOOTING;
  }

  /** What it is about at that time. */
  Stage at(long now) {
    if (stage != Stage.READY) {
      return stage;
    }
    if (!leaving.isEmpty()) {
      return Stage.DRAINING;
    }
    return now - readySince < READY_NANOS ? Stage.READY : Stage.SERVING;
  }
}
