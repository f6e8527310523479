package spyglass.lookout;

import java.util.ArrayList;
import java.util.List;

/**
 * Has a master and its first worker boot at the same time, as a first visitor waits for the worker and
 * not for the master.
 *
 * <p>Only a parent can wait for a process, and a JVM that boots cannot start one. So a shell is
 * started in the master's place: it forks the worker and then becomes the master by exec, which keeps the
 * pid. The worker honestly is the master's child. (You will see it: {@code strace -f -e
 * trace=fork,vfork,clone,execve -p} the lookout, and wake it.)
 */
final class BootScript {

  /**
   * What the shell does. Its arguments are the master's whole command, which ends with the worker's;
   * the first says how many words are before that.
   *
   * <ol>
   *   <li>A here-document makes a pipe: dash, busybox and bash since 5.1 put the text into one and hand
   *       on its reading end, here as 3. Nobody has its writing end any more, but Linux opens it again by
   *       the name in /proc. A shell that uses a file for it becomes the master without more ado, who
   *       starts that worker himself, as he does all others. The quotes say that there is nothing to
   *       expand: an old shell would start a process for that, for which nobody would wait.
   *   <li>What is started with & gets /dev/null as its 0, so the socket makes a detour as 4.
   *   <li>The worker is told its parent: $$ is the pid of the shell and so the master's.
   *   <li>4 and 5 are closed at once: as long as anybody else holds the writing end, the death of the
   *       worker could not be seen from the pipe. 3 stays open for the master.
   * </ol>
   */
  private static final String SCRIPT =
      """
      words=$1
      shift
      exec 3<<'END'
      END
      if [ -p /proc/self/fd/3 ]; then
        exec 4<&0 5>/proc/self/fd/3
        (
          export SPYGLASS_PARENT=$$
          shift "$words"
          exec "$@" <&4 >&5 3<&- 4<&- 5>&-
        ) &
        export SPYGLASS_FIRST_WORKER=$!
        exec 4<&- 5>&-
      fi
      exec "$@"
      """;

  private BootScript() {}

  /** The command that becomes this master. The first worker gets the command at its end. */
  static List<String> around(List<String> master) {
    int words = master.indexOf("--") + 1;
    // Arguments, and no part of what the shell reads; the first is its own name.
    List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh", "" + words));
    command.addAll(master);
    return command;
  }
}
