package spyglass.config;

import java.util.List;

/** Where the processes of a server live, as whom, and when one of them has had its day. */
final class Upkeep {

  private static final int YEAR = 365 * 86_400;

  private Upkeep() {}

  /** All of them, in the order in which one wants to read them. */
  static List<Setting> all() {
    return List.of(
        new Setting(
            Topic.PROCESSES,
            "awake-at-least",
            "0",
            new Kind.Whole(0, YEAR),
            "Seconds that it stays awake at least, once it has been woken."),
        new Setting(
            Topic.PROCESSES,
            "stuck-timeout",
            "30",
            new Kind.Whole(2, YEAR),
            "Seconds without a sign of life from a worker that has work, or from an app after its"
                + " --request-timeout; then the worker is replaced."),
        new Setting(
            Topic.PROCESSES,
            "max-requests",
            "0",
            new Kind.Whole(0, 1_000_000_000),
            "Requests after which a worker is replaced, give or take a tenth; 0 for any number."),
        new Setting(
            Topic.PROCESSES,
            "max-memory",
            "0",
            new Kind.Size(0, Long.MAX_VALUE, ""),
            "Resident memory above which a worker is replaced; 0 for any."),
        new Setting(
            Topic.HTTP,
            "probe",
            "",
            new Kind.Text("PATH"),
            "Path of health checks, which are answered without the app and keep nobody awake."),
        new Setting(
            Topic.PROCESSES,
            "java-opts",
            "",
            new Kind.JavaOptions(),
            "More options for the JVM of each worker, with blanks between them; also JAVA_OPTS."),
        new Setting(
            Topic.RUNNING,
            "name",
            "",
            new Kind.Text("NAME"),
            "What spyglass status, stop and the like call this server; its port unless named."),
        new Setting(
            Topic.RUNNING,
            "user",
            "",
            new Kind.Text("USER"),
            "Whom to run as, once the socket is open; only root can."),
        new Setting(
            Topic.RUNNING,
            "group",
            "",
            new Kind.Text("GROUP"),
            "The group to run with; the user's own unless named."),
        new Setting(
            Topic.RUNNING,
            "pid-file",
            "",
            new Kind.File("FILE", false),
            "A file to hold the lookout's pid, and a lock as long as it lives."),
        new Setting(
            Topic.RUNNING,
            "log-file",
            "",
            new Kind.File("FILE", false),
            "A file to append the log to, instead of standard error."),
        new Setting(
            Topic.RUNNING,
            "run",
            "",
            new Kind.File("DIR", false),
            "Folder of control sockets: /run/spyglass for root, else below XDG_RUNTIME_DIR."),
        new Setting(
            Topic.RUNNING,
            "cache",
            "",
            new Kind.File("DIR", false),
            "Folder of what can be made again: /var/cache/spyglass for root, else below"
                + " XDG_CACHE_HOME."),
        new Setting(
            Topic.RUNNING,
            "no-cache",
            "false",
            new Kind.Switch(),
            "Use no AOT caches and make none: wakes take longer, and nothing is written."),
        new Setting(
            Topic.RUNNING,
            "data",
            "",
            new Kind.File("DIR", false),
            "Folder of what the app keeps: /var/lib/spyglass for root, else below"
                + " XDG_DATA_HOME."),
        new Setting(
            Topic.RUNNING,
            "metrics",
            "",
            new Kind.Text("ADDRESS"),
            "Where to answer Prometheus, asleep too: 9464 or 127.0.0.1:9464; a port alone is one of"
                + " 127.0.0.1."));
  }
}
