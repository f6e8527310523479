package spyglass.process;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a wake spends its time with, in the log with -vv: each process says when it has reached what, in
 * milliseconds since the lookout saw the connection. Together the lines are the wake's timeline. What
 * does not belong to a wake, such as a second worker, has no timeline and says nothing.
 */
public final class Timeline {

  /** The environment variable that bears the beginning, in milliseconds since 1970. */
  private static final String VARIABLE = "SPYGLASS_WOKEN";

  private final Logger log;
  private final long beginning;

  private Timeline(Logger log, long beginning) {
    this.log = log;
    this.beginning = beginning;
  }

  /** The parent's side: names the beginning in what its child will inherit. */
  public static void tell(Map<String, String> environment, long beginning) {
    environment.put(VARIABLE, Long.toString(beginning));
  }

  /** For the environment of a child that is not part of the wake. */
  public static void conceal(Map<String, String> environment) {
    environment.remove(VARIABLE);
  }

  /**
   * The child's side.
   *
   * @param who the name in the log
   */
  public static Timeline told(String who) {
    String beginning = System.getenv(VARIABLE);
    return beginning == null ? none(who) : of(who, Long.parseLong(beginning));
  }

  /** That of a wake with that beginning. */
  public static Timeline of(String who, long beginning) {
    return new Timeline(log(who), beginning);
  }

  /** That of a process that is not part of a wake. */
  public static Timeline none(String who) {
    return new Timeline(log(who), 0);
  }

  private static Logger log(String who) {
    return LoggerFactory.getLogger(who);
  }

  /** How long ago that was, in milliseconds; without a beginning, since 1970. */
  public long elapsed() {
    return System.currentTimeMillis() - beginning;
  }

  /** Something is there now. Any thread. */
  public void reached(String what) {
    if (beginning > 0 && log.isTraceEnabled()) {
      log.trace("wake: {} ms, {}", elapsed(), what);
    }
  }
}
