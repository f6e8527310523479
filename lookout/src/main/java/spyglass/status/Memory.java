package spyglass.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import spyglass.control.Figures;
import spyglass.process.Resident;

/**
 * How much memory a server takes. Its processes share pages: of a library, or of a cache, that five have
 * mapped, there is one copy, and five resident sizes (RSS) count it five times. The kernel also tells
 * the proportional size (PSS), in which each has a fifth, and whose sum is what the server takes. It
 * tells that to the owner of the process and to root alone (proc_pid_smaps(5)); the one who asks is one
 * of them, unless a container says otherwise.
 *
 * @param bytes of each process, by its pid
 * @param proportional whether each page counts once; if not, it counts for each process that has it
 */
record Memory(Map<Long, Long> bytes, boolean proportional) {

  private static final Pattern PSS = Pattern.compile("(?m)^Pss: +([0-9]{1,12}) kB$");

  /** That of all processes of a server, as its figures name them. */
  static Memory of(Figures server) {
    Map<Long, Long> resident = new LinkedHashMap<>();
    resident.put(server.number("pid"), server.number("lookout-resident"));
    if (server.find("master-pid").isPresent()) {
      resident.put(server.number("master-pid"), Resident.of(server.number("master-pid")));
    }
    server.workers().forEach(worker -> resident.put(worker.pid(), worker.rss()));
    Map<Long, Long> shares = new LinkedHashMap<>();
    for (long pid : resident.keySet()) {
      share(pid).ifPresent(bytes -> shares.put(pid, bytes));
    }
    return shares.size() == resident.size()
        ? new Memory(shares, true)
        : new Memory(resident, false);
  }

  /** The proportional size of one process in bytes; nothing if we may not know. */
  private static OptionalLong share(long pid) {
    Path rollup = Path.of("/proc/" + pid + "/smaps_rollup");
    try {
      Matcher matcher = PSS.matcher(Files.readString(rollup, StandardCharsets.ISO_8859_1));
      return matcher.find()
          ? OptionalLong.of(Long.parseLong(matcher.group(1)) << 10)
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  long all() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  long of(long pid) {
    return bytes.getOrDefault(pid, 0L);
  }

  /** What the numbers mean, for one who wonders. */
  String meaning() {
    return proportional
        ? "each page counts once (PSS)"
        : "a page counts for each process that has it (RSS): see more as root";
  }
}
