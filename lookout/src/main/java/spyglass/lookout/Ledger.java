package spyglass.lookout;

import spyglass.log.Plain;
import spyglass.process.Resident;

/** What the lookout remembers for whoever asks. Its totals only grow, over sleeps and masters too. */
final class Ledger {

  private final StringBuilder page = new StringBuilder();
  private final long started = System.currentTimeMillis();
  private long wakes;
  private long sleeps;
  private long failedWakes;
  private String reason = "";
  private long lastBootMillis;
  private long bootMillis;
  private long errorAt;
  private String error = "";
  private String trained = "";

  /** What earlier masters have counted, and what this one has. */
  private Totals before = new Totals(0, 0, 0);

  private Totals now = new Totals(0, 0, 0);

  /** What a master counts from its start on. */
  private record Totals(long served, long died, long restarts) {

    static Totals parse(String text) {
      return new Totals(part(text, "served="), part(text, "died="), part(text, "restarts="));
    }

    private static long part(String text, String name) {
      for (String pair : text.split(" ", -1)) {
        if (pair.startsWith(name) && pair.substring(name.length()).matches("[0-9]{1,18}")) {
          return Long.parseLong(pair.substring(name.length()));
        }
      }
      return 0;
    }

    Totals plus(Totals more) {
      return new Totals(served + more.served, died + more.died, restarts + more.restarts);
    }

    /** A figure that goes down is a mistake of somebody's; ours do not. */
    Totals atLeast(Totals other) {
      return new Totals(
          Math.max(served, other.served),
          Math.max(died, other.died),
          Math.max(restarts, other.restarts));
    }
  }

  void waking(String why) {
    reason = why;
  }

  void awake(long millis) {
    wakes++;
    lastBootMillis = millis;
    bootMillis += millis;
  }

  /** Whether the last wake was quick because an earlier one was recorded: yes, no, recording. */
  void trained(String word) {
    trained = word;
  }

  void asleep() {
    sleeps++;
  }

  void failed(String why) {
    failedWakes++;
    error(why);
  }

  void error(String why) {
    error(System.currentTimeMillis(), why);
  }

  private void error(long at, String why) {
    errorAt = at;
    error = why;
  }

  /** A master's last error: when, in milliseconds since 1970, a blank, and what. */
  void mastersError(String text) {
    int blank = text.indexOf(' ');
    if (blank > 0 && text.substring(0, blank).matches("[0-9]{1,18}")) {
      error(Long.parseLong(text.substring(0, blank)), text.substring(blank + 1));
    }
  }

  void total(String text) {
    now = Totals.parse(text).atLeast(now);
  }

  /** That one has ended; the next counts from nothing. */
  void masterEnded() {
    before = before.plus(now);
    now = new Totals(0, 0, 0);
  }

  /** All of it, a line each. */
  String lines(Duty duty) {
    page.setLength(0);
    long pid = ProcessHandle.current().pid();
    line("name", duty.name());
    line("listen", duty.listen());
    line("metrics", duty.metrics());
    line("version", duty.version());
    line("pid", pid);
    line("started", started);
    line("wakes", wakes);
    line("failed-wakes", failedWakes);
    line("sleeps", sleeps);
    line("last-wake-reason", reason);
    line("last-boot-millis", lastBootMillis);
    line("trained", trained);
    line("boot-millis-total", bootMillis);
    Totals all = before.plus(now);
    line("served-total", all.served());
    line("died-total", all.died());
    line("restarts-total", all.restarts());
    line("lookout-resident", Resident.of(pid));
    if (!error.isEmpty()) {
      line("last-error-at", errorAt);
      line("last-error", error);
    }
    return page.toString();
  }

  private void line(String name, long value) {
    page.append(name).append(' ').append(value).append('\n');
  }

  private void line(String name, String value) {
    if (!value.isEmpty()) {
      page.append(name).append(' ').append(Plain.line(value)).append('\n');
    }
  }
}
