package spyglass.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import spyglass.master.MasterMain;

/** All that can be set, once, with its default and its sentence: whatever lists settings asks here. */
public final class Catalogue {

  /** The key before the name of an option of a protocol: {@code option.echo.max-line}. */
  public static final String OPTION = "option";

  private static final int DAY = 86_400;
  private static final int YEAR = 365 * DAY;

  private static final List<Setting> GENERAL =
      List.of(
          new Setting(
              Topic.APP,
              "jar",
              "",
              new Kind.File("app.jar", false),
              "The jar that brings the app; on a command line it stands alone."),
          new Setting(
              Topic.APP,
              "lib",
              "",
              new Kind.File("DIR", true),
              "A folder of jars that the app's jar needs, or that bring the protocol; may be said"
                  + " again for another."),
          new Setting(
              Topic.APP,
              "app",
              "",
              new Kind.Text("CLASS"),
              "The app's class, for a jar that offers several or none."),
          new Setting(
              Topic.LISTENING,
              "port",
              "4222",
              new Kind.Whole(0, 65_535),
              "Port to listen on; 0 takes any free one and prints it."),
          new Setting(
              Topic.LISTENING,
              "host",
              "127.0.0.1",
              new Kind.Text("HOST"),
              "Address to listen on: this machine alone; 0.0.0.0 for all networks, :: for IPv6,"
                  + " too."),
          new Setting(
              Topic.LISTENING,
              "listen",
              "",
              new Kind.Text("ADDRESS"),
              "The two in one: 4222, 127.0.0.1:4222 or [::1]:4222; or a Unix socket:"
                  + " unix:/run/app/app.sock."),
          new Setting(
              Topic.LISTENING,
              "listen-mode",
              "660",
              new Kind.Text("OCTAL"),
              "Permissions of a Unix socket's file."),
          new Setting(
              Topic.LISTENING,
              "listen-group",
              "",
              new Kind.Text("GROUP"),
              "The group that may connect to a Unix socket, a proxy's; unless named, that of its"
                  + " folder if it has the set-group-ID bit, or else the server's own."),
          new Setting(
              Topic.LISTENING,
              "backlog",
              "1024",
              new Kind.Whole(1, 65_535),
              "Connections that may wait while nobody accepts."),
          new Setting(
              Topic.PROCESSES,
              "workers",
              "2",
              new Kind.Whole(1, MasterMain.MOST_WORKERS),
              "Processes that answer."),
          new Setting(
              Topic.PROCESSES,
              "timeout",
              "30",
              new Kind.Whole(1, YEAR),
              "Seconds without a visitor until all but the lookout exit."),
          new Setting(
              Topic.PROCESSES,
              "threads",
              "64",
              new Kind.Whole(1, 10_000),
              "Requests in the app at once, for each worker."),
          new Setting(
              Topic.PROCESSES,
              "heap",
              "256MiB",
              new Kind.Size(16 << 20, Long.MAX_VALUE, "a worker needs 16MiB or more"),
              "Most memory for the app's objects, for each worker."),
          new Setting(
              Topic.PROCESSES,
              "drain",
              "30",
              new Kind.Whole(1, DAY),
              "Seconds for accepted requests to finish at an end."),
          new Setting(
              Topic.PROCESSES,
              "wake-deadline",
              "60",
              new Kind.Whole(1, DAY),
              "Seconds for a first worker to start; then 503."),
          new Setting(
              Topic.PROCESSES,
              "accept",
              "shared",
              new Kind.Word(List.of("shared", "pass", "spawn")),
              "Workers accept (shared), or are passed (pass), or are started for one (spawn)."),
          new Setting(
              Topic.PROCESSES,
              "with-parent",
              "false",
              new Kind.Switch(),
              "End when the process that has started this one ends."),
          new Setting(
              Topic.PROTOCOLS,
              "protocol",
              "http",
              new Kind.Text("NAME"),
              "What connections speak: http, or one that a jar brings."),
          new Setting(
              Topic.PROTOCOLS,
              OPTION,
              "",
              new Kind.Text("PROTOCOL.OPTION=VALUE"),
              "Tells a protocol something; may be said again for another."),
          new Setting(
              Topic.HTTP,
              "trust",
              "",
              new Kind.Text("CIDR,..."),
              "Proxies whose Forwarded and X-Forwarded-* are believed, as addresses and networks,"
                  + " or unix for whoever comes over a Unix socket; nobody by default."),
          new Setting(
              Topic.HTTP,
              "proxy-protocol",
              "false",
              new Kind.Switch(),
              "Each connection must begin with a PROXY header (version 1 or 2), which is believed;"
                  + " any other is closed."),
          new Setting(
              Topic.LOG,
              "verbose",
              "0",
              new Kind.Whole(0, 4),
              "How much is said: -v who starts and leaves; -vv every request; -vvv every event of"
                  + " master and connections; -vvvv the whole bootstrapping, command lines too."));

  private Catalogue() {}

  /** Every setting. */
  public static List<Setting> all() {
    return Stream.of(GENERAL, Upkeep.all(), Limits.all()).flatMap(List::stream).toList();
  }

  /** Those that a worker is told as they are, in bytes, seconds or pieces. */
  public static List<Setting> limits() {
    return Limits.all();
  }

  /** The setting of a name. */
  static Optional<Setting> find(String name) {
    return all().stream().filter(setting -> setting.name().equals(name)).findFirst();
  }

  /** The same for a name that is surely there. */
  static Setting get(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no setting " + name));
  }
}
