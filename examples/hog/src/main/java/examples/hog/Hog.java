package examples.hog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import spyglass.http.App;
import spyglass.http.Request;
import spyglass.http.Response;

/**
 * Takes memory and does not give it back.
 *
 * <p>Try {@code curl 'localhost:4222/?mb=10'} a few times and watch VmRSS grow. Then stay away for
 * longer than {@code --timeout} and look with {@code ps -eo pid,ppid,rss,comm | grep spy-}. You
 * will see the lookout alone. A garbage collector may keep freed memory for later, and a leak is
 * never freed at all; but when a process ends the kernel takes back every page it had. Sleep is the
 * one clean-up that cannot be forgotten.
 */
public final class Hog implements App {

  private static final int MIB = 1 << 20;

  /** Small enough for every collector to move about; some keep big arrays apart and waste space. */
  private static final int BLOCK = MIB / 4;

  private static final int MOST_AT_ONCE = 1024;

  /** Half the heap: an app that runs out of it makes a worse lesson than one that says no. */
  private final long most = Runtime.getRuntime().maxMemory() / 2 / MIB;

  private final List<byte[]> held = new ArrayList<>();

  @Override
  public Response call(Request request) {
    if (!request.path().equals("/")) {
      return Response.text("Nothing here: ask for /?mb=10\n").withStatus(404);
    }
    int more = mebibytes(request.query());
    if (more < 0) {
      return Response.text("Ask for /?mb=N, N from 1 to " + MOST_AT_ONCE + ".\n").withStatus(400);
    }
    return hold(more) ? Response.text(report()) : Response.text(refusal(more)).withStatus(507);
  }

  /** The number asked for; 0, which only looks, without one; -1 for what is no such number. */
  private static int mebibytes(String query) {
    if (query.isEmpty()) {
      return 0;
    }
    int more = query.matches("mb=[0-9]{1,4}") ? Integer.parseInt(query.substring(3)) : -1;
    return more >= 1 && more <= MOST_AT_ONCE ? more : -1;
  }

  /** One at a time: two requests that both find room for one would take too much. */
  private synchronized boolean hold(int more) {
    if (heldMib() + more > most) {
      return false;
    }
    for (int i = 0; i < more * (MIB / BLOCK); i++) {
      // The JVM writes zeros to every byte of it, so the kernel has to find real pages.
      held.add(new byte[BLOCK]);
    }
    return true;
  }

  private synchronized long heldMib() {
    return (long) held.size() * BLOCK / MIB;
  }

  private String report() {
    return """
    pid %d holds %d of at most %d MiB
    VmRSS: %s (all the memory the kernel counts for it, from /proc/self/status)

    Ask for more with /?mb=10, or stay away for longer than --timeout and look:
        ps -eo pid,ppid,rss,comm | grep spy-
    The worker will be gone and its memory with it. The next visitor meets a new pid that
    holds 0 MiB.
    """
        .formatted(ProcessHandle.current().pid(), heldMib(), most, resident());
  }

  private String refusal(int more) {
    return "No: pid %d holds %d MiB, and %d more would pass %d, half of its heap.\n"
        .formatted(ProcessHandle.current().pid(), heldMib(), more, most);
  }

  /** As the kernel writes it, in kB; "unknown" where there is no /proc. */
  private static String resident() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.substring("VmRSS:".length()).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
