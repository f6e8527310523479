package spyglass.lookout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import spyglass.config.Address;
import spyglass.config.Configuration;
import spyglass.config.Endpoint;
import spyglass.config.Misuse;
import spyglass.config.Origin;
import spyglass.config.Said;
import spyglass.log.Plain;

/**
 * {@code spyglass unit}: two files for systemd (systemd.socket(5), systemd.service(5)). systemd watches
 * the socket, as a lookout would, and starts the service when somebody comes; the service ends when it
 * would go to sleep. So while nobody visits there is no process at all.
 */
final class UnitFile {

  /** What the socket unit says, or the service unit by words of its own. */
  private static final Set<String> SAID_ELSEWHERE =
      Set.of("listen", "host", "port", "listen-mode", "listen-group", "backlog", "user", "group");

  private static final Set<String> SYSTEMDS = Set.of("pid-file", "log-file", "with-parent");

  /** An end takes this much longer than what is in flight may take. */
  private static final int GRACE_SECONDS = 10;

  private final Configuration options;
  private final List<Said> typed;
  private final String launcher;
  private final String javaHome;
  private final String name;
  private final StringBuilder text = new StringBuilder();

  /**
   * Units for one server.
   *
   * @param options what was typed, and nothing else: systemd does not know our environment
   * @param typed the same in the order of typing
   * @param launcher the path of the script
   * @param javaHome where the JDK is, if the user has named one; else empty
   */
  UnitFile(Configuration options, List<Said> typed, String launcher, String javaHome) {
    this.options = options;
    this.typed = typed;
    this.launcher = launcher;
    this.javaHome = javaHome;
    this.name = name(options);
  }

  private static String name(Configuration options) {
    String file = options.find("jar").or(() -> options.find("protocol")).orElse("spyglass");
    String jar = Path.of(file).getFileName().toString().replaceFirst("\\.jar$", "");
    return options.find("name").orElse(jar).replaceAll("[^A-Za-z0-9_.-]", "-");
  }

  /** Both files, each below a line that says where to put it. */
  String print() throws Misuse {
    check();
    service();
    line("");
    socket();
    return text.toString();
  }

  private void check() throws Misuse {
    for (String setting : SYSTEMDS) {
      if (options.isSet(setting)) {
        throw new Misuse(
            options.said(setting).culprit() + ": systemd does that by itself: leave it out");
      }
    }
    for (String setting : SAID_ELSEWHERE) {
      if (options.isSet(setting) && !(options.said(setting).origin() instanceof Origin.Typed)) {
        throw new Misuse(
            options.said(setting).culprit()
                + ": a unit says that, and not the server: take it out of there and type it here");
      }
    }
  }

  private void service() {
    line("# /etc/systemd/system/" + name + ".service");
    line("[Unit]");
    line("Description=Spyglass serves " + name);
    line("Requires=" + name + ".socket");
    line("After=network.target");
    line("# It slows down by itself when it fails; a limit would close the socket for good.");
    line("StartLimitIntervalSec=0\n");
    line("[Service]\nType=notify");
    if (!javaHome.isEmpty()) {
      line("Environment=" + quote("SPYGLASS_JAVA_HOME=" + javaHome));
    }
    line("ExecStart=" + String.join(" \\\n  ", command()));
    line("ExecReload=/bin/kill -HUP $MAINPID");
    line("StandardInput=socket\nStandardOutput=journal\nStandardError=journal");
    line("Restart=on-failure\nRestartSec=5");
    line("# The first start makes caches, which takes some seconds.");
    line("TimeoutStartSec=120");
    line(
        "# TERM to the first process, which ends the others in order; then KILL to whoever is"
            + " left.");
    line("KillMode=mixed");
    line("TimeoutStopSec=" + (options.number("drain") + GRACE_SECONDS) + "\n");
    identity();
    folders();
    harden();
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(List.of(quote(launcher)));
    for (Said said : typed) {
      // -vv has said it twice.
      boolean counts = !said.name().equals("verbose") || said.equals(options.said("verbose"));
      if (counts && !SAID_ELSEWHERE.contains(said.name()) && !said.name().equals("jar")) {
        command.add(quote("--" + said.name() + "=" + said.absolute().text()));
      }
    }
    for (Folder folder : Folder.values()) {
      if (!options.isSet(folder.option)) {
        command.add("--" + folder.option + "=" + folder.specifier + "/spyglass-" + name);
      }
    }
    if (options.find("jar").isPresent()) {
      command.add(quote(options.said("jar").absolute().text()));
    }
    return command;
  }

  /** Those that systemd makes, with the right owner, before the start. */
  private enum Folder {
    RUN("run", "%t", "Runtime"),
    CACHE("cache", "%C", "Cache"),
    DATA("data", "%S", "State");

    private final String option;
    private final String specifier;
    private final String word;

    Folder(String option, String specifier, String word) {
      this.option = option;
      this.specifier = specifier;
      this.word = word;
    }
  }

  private void identity() {
    if (options.find("user").isPresent()) {
      line("User=" + options.text("user"));
    } else {
      line("# A user who exists while the service runs.");
      line("DynamicUser=yes");
    }
    options.find("group").ifPresent(group -> line("Group=" + group));
  }

  private void folders() {
    for (Folder folder : Folder.values()) {
      if (options.isSet(folder.option)) {
        line("ReadWritePaths=" + quote(options.said(folder.option).absolute().text()));
      } else {
        line(folder.word + "Directory=spyglass-" + name);
        line(folder.word + "DirectoryMode=0700");
      }
    }
    line("");
  }

  private void harden() {
    List.of(
            "UMask=0077",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
            "ProtectSystem=strict",
            "ProtectHome=" + (needsHome() ? "read-only" : "yes"),
            "PrivateTmp=yes",
            "PrivateDevices=yes",
            "ProtectHostname=yes",
            "ProtectClock=yes",
            "ProtectKernelTunables=yes",
            "ProtectKernelModules=yes",
            "ProtectKernelLogs=yes",
            "ProtectControlGroups=yes",
            "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
            "RestrictNamespaces=yes",
            "RestrictRealtime=yes",
            "RestrictSUIDSGID=yes",
            "LockPersonality=yes",
            "SystemCallArchitectures=native",
            "SystemCallFilter=@system-service",
            "SystemCallErrorNumber=EPERM",
            "# No MemoryDenyWriteExecute=: Java compiles while it runs, into memory that it"
                + " executes.")
        .forEach(this::line);
  }

  /** Homes are hidden, unless the server or its app is in one. */
  private boolean needsHome() {
    return command().stream()
            .anyMatch(word -> word.matches("(?s).*(^|[\"=])/(home|root|run/user)/.*"))
        || javaHome.matches("/(home|root)/.*");
  }

  private void socket() throws Misuse {
    line("# /etc/systemd/system/" + name + ".socket");
    line("[Unit]");
    line("Description=Where Spyglass serves " + name);
    line("");
    line("[Socket]");
    switch (Address.of(options)) {
      case Endpoint.Tcp tcp -> line("ListenStream=" + stream(tcp));
      case Endpoint.Unix unix -> {
        line("ListenStream=" + unix.path().toAbsolutePath().normalize());
        line("SocketMode=0" + Integer.toOctalString(unix.mode()));
        options.find("user").ifPresent(user -> line("SocketUser=" + user));
        options
            .find("listen-group")
            .or(() -> options.find("group"))
            .ifPresent(group -> line("SocketGroup=" + group));
        line("RemoveOnStop=yes");
      }
    }
    line("Backlog=" + options.number("backlog"));
    line("# However often somebody comes, the socket stays open.");
    line("TriggerLimitIntervalSec=0");
    line("");
    line("[Install]");
    line("WantedBy=sockets.target");
  }

  private static String stream(Endpoint.Tcp tcp) throws Misuse {
    if (tcp.port() == 0) {
      throw new Misuse(tcp.portAsGiven() + ": systemd cannot choose a port: name one");
    }
    String numbers = TcpListener.address(tcp).getHostAddress();
    // systemd knows no names; numbers are left as they were typed.
    String host = tcp.host().matches("[0-9.]+") ? tcp.host() : numbers;
    return (tcp.host().contains(":") ? "[" + tcp.host() + "]" : host) + ":" + tcp.port();
  }

  /** As systemd takes words apart (systemd.syntax(7)), which looks for % and $ in quotes as well. */
  private static String quote(String word) {
    String meant = word.replace("%", "%%").replace("$", "$$");
    return meant.matches("[A-Za-z0-9_./:=,@+%$\\[\\]-]+")
        ? meant
        : "\"" + Plain.line(meant.replace("\\", "\\\\").replace("\"", "\\\"")) + "\"";
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
