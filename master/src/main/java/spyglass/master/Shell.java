package spyglass.master;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals for which the JDK has no word: it can send TERM and KILL only. So a shell does it; kill(1) is
 * built into every one of them.
 */
final class Shell {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** One after the other, with time to print: all write to the same log, a line at a time. */
  private static final String DUMP = "for pid; do kill -QUIT \"$pid\"; sleep 0.5; done";

  private static final String ALARM = "kill -ALRM \"$1\"";

  private Shell() {}

  /** Has JVMs print their threads to the log, one after the other. Does not wait for it. */
  static void dump(List<Long> pids) {
    run(DUMP, pids);
  }

  /** Sends SIGALRM. Does not wait for it. */
  static void alarm(long pid) {
    run(ALARM, List.of(pid));
  }

  private static void run(String script, List<Long> pids) {
    // The pids are arguments, and no part of what the shell reads; the first is its own name.
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    pids.forEach(pid -> command.add(pid.toString()));
    try {
      new ProcessBuilder(command)
          .redirectInput(Redirect.from(new File("/dev/null")))
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      LOG.warn("cannot send a signal to {}: {}", pids, e.getMessage());
    }
  }
}
