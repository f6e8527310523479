package spyglass.lookout;

import java.util.ArrayList;
import java.util.List;
import spyglass.process.ParentPipe;

/**
 * Has the first worker of a wake boot before its master does, as a first visitor waits for the worker and
 * not for the master, and two JVMs that boot side by side take each other's processors.
 *
 * <p>Only a parent can wait for a process, and a JVM that boots cannot start one. So a shell is
 * started in the master's place: it forks the worker, waits until that has given its first answer, and
 * then becomes the master by exec, which keeps the pid. The worker honestly is the master's child. (You
 * will see it: {@code strace -f -e trace=fork,vfork,clone,execve -p} the lookout, and wake it.)
 */
final class BootScript {

  /**
   * What the shell does. Its arguments are the master's whole command, which ends with the worker's;
   * the first says how many words are before that.
   *
   * <ol>
   *   <li>The pipe to the lookout becomes 3, and 1 the log: see {@link ParentPipe}.
   *   <li>A here-document makes a pipe: dash, busybox and bash since 5.1 put the text into one and hand
   *       on its reading end, here as 4. Nobody has its writing end any more, but Linux opens it again by
   *       the name in /proc. A shell that uses a file for it becomes the master without more ado, who
   *       starts that worker himself, as he does all others. The text is of no use but that there is
   *       one, and is taken out; the quotes say that there is nothing to expand in it.
   *   <li>What is started with & gets /dev/null as its 0, so the socket makes a detour as 5.
   *   <li>The worker is told its parent: $$ is the pid of the shell and so the master's.
   *   <li>5 and 6 are closed at once: as long as anybody else holds the writing end, the death of the
   *       worker could not be seen from the pipe. 4 stays open for the master.
   *   <li>Then the shell reads a line: the worker writes one when it has answered, and if it dies the
   *       pipe ends. One that takes longer than a second, with a large app or for ever, needs its master
   *       meanwhile. In most shells the end of a child that sleeps that long, told by CHLD, interrupts the
   *       reading, and that child is waited for, lest it be a zombie. bash has a limit of its own, and
   *       sometimes dies (SIGSEGV) when both come at the same moment.
   *   <li>And a worker that has died is waited for: a shell takes the status of whatever child has died,
   *       so it has to tell the master. (What dies has no program any more, and so no exe in /proc.)
   * </ol>
   */
  private static final String SCRIPT =
      """
      words=$1
      shift
      exec 3>&1 >&2 4<<'END'
      pipe
      END
      if [ -p /proc/self/fd/4 ]; then
        read -r pipe <&4
        exec 5<&0 6>/proc/self/fd/4
        (
          export SPYGLASS_PARENT=$$ SPYGLASS_GOES_FIRST=yes
          shift "$words"
          exec "$@" <&5 3>&6 4<&- 5<&- 6>&-
        ) &
        worker=$!
        exec 5<&- 6>&-
        if [ "$BASH_VERSION" ]; then
          IFS= read -r -t 1 ready <&4 || ready=
        else
          trap : CHLD
          sleep 1 >/dev/null 2>&1 3>&- 4<&- &
          limit=$!
          IFS= read -r ready <&4 || ready=
          trap - CHLD
          {
            kill $limit
            wait $limit
          } 2>/dev/null
        fi
        export SPYGLASS_FIRST_WORKER=$worker SPYGLASS_FIRST_READY=$ready
        if [ ! -e /proc/$worker/exe ]; then
          wait $worker
          export SPYGLASS_FIRST_ENDED=$?
        fi
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
