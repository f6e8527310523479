package spyglass.master;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has JVMs print their threads to the log, by SIGQUIT. The JDK can send TERM and KILL only, so a shell does
 * it; kill(1) is built into every one of them.
 */
final class Dump {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** One after the other, with time to print: all write to the same log, a line at a time. */
  private static final String SCRIPT = "for pid; do kill -QUIT \"$pid\"; sleep 0.5; done";

  private Dump() {}

  /** Of these, in turn. Does not wait for it. */
  static void of(List<Long> pids) {
    // The pids are arguments, and no part of what the shell reads; the first is its own name.
    List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
    pids.forEach(pid -> command.add(pid.toString()));
    try {
      new ProcessBuilder(command)
          .redirectInput(Redirect.from(new File("/dev/null")))
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      LOG.warn("no thread dump of {}: {}", pids, e.getMessage());
    }
  }
}
