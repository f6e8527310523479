package spyglass.lookout;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.config.Configuration;
import spyglass.config.Endpoint;
import spyglass.config.JvmVariables;
import spyglass.config.Misuse;
import spyglass.config.Variables;
import spyglass.process.Parent;
import spyglass.unix.Descriptor;
import spyglass.unix.Kernel;
import spyglass.unix.KernelFiles;
import spyglass.unix.KernelSockets;
import spyglass.unix.NativeLibrary;

/**
 * Opens the listening socket and then gives its process to the lookout.
 *
 * <p>All that this program is, the parser of the command line, the native library, tens of megabytes,
 * is needed once. execve(2) replaces a program and keeps the process, and with it the open socket: so
 * the process that sleeps for days contains nothing of all this. (You will see it: the pid that
 * printed "listening" is the lookout's.)
 */
final class Server {

  /** The variable in which systemd says where it wants to hear of a service that is ready. */
  private static final String NOTIFY_SOCKET = "NOTIFY_SOCKET";

  /** The launcher says with this property that it stays, as the first process of a container. */
  private static final String INIT = "spyglass.init";

  private static final int LISTENING_SOCKET = 0;

  private static final Logger LOG = LoggerFactory.getLogger("Server");

  private final Configuration options;
  private final Served served;
  private final Endpoint endpoint;
  private final List<OwnFile> files = new ArrayList<>();
  private final List<Integer> kept = new ArrayList<>();

  /** A server that was checked and does not listen yet. */
  Server(Configuration options, Served served, Endpoint endpoint) {
    this.options = options;
    this.served = served;
    this.endpoint = endpoint;
  }

  /** Does not return unless something is wrong. */
  void becomeLookout() throws Misuse, IOException {
    checkDescriptors();
    List<Path> lib = Lib.jars();
    Folders folders = Folders.of(options, System.getenv());
    boolean wanted = !options.isOn("no-cache");
    boolean trusted = folders.makeCache(wanted);
    if (trusted) {
      // Before the kernel is loaded, which is what it is for.
      NativeLibrary.keepIn(folders.cache().resolve(Lib.version(lib, "jffi:native")));
    }
    Kernel kernel = new Kernel();
    Privileges privileges = Privileges.of(options, kernel);
    try {
      Optional<ServerSocketChannel> handed = Handed.find(options, kernel);
      LogFile log = openLog(kernel);
      RunFolder run = RunFolder.prepare(folders.run(), privileges.uid(), kernel);
      if (options.find("name").isPresent()) {
        run.claim(options.text("name"));
      }
      List<String> told =
          new ArrayList<>(MetricsSocket.arguments(options, privileges.leavesRoot()));
      takePidFile(kernel);
      ServerSocketChannel listener = handed.isPresent() ? handed.get() : listen(kernel);
      for (OwnFile file : files) {
        privileges.give(file, kernel);
      }
      folders.makeData(options, privileges, kernel);
      boolean cached = trusted && wanted;
      Caches caches = Caches.of(lib, folders.cache(), cached);
      caches.prepare(lib, new KernelFiles(kernel));
      Optional<Path> apps =
          cached ? AppCaches.prepare(folders.cache(), privileges) : Optional.empty();
      Commands.Place place = place(listener.getLocalAddress(), run);
      files.forEach(file -> told.addAll(file.arguments()));
      if (handed.isPresent()) {
        told.addAll(List.of("--" + LookoutMain.ONCE, "true"));
      }
      JvmVariables variables = JvmVariables.of(System.getenv());
      if (variables.hasAgent()) {
        LOG.info("no cache is used for workers, as an agent excludes them: wakes take longer");
      }
      Commands commands =
          new Commands(options, served, caches, folders, apps, lib, place, variables);
      // Before anybody is told: whoever has started us may end as soon as he knows, and the lookout
      // is to be told whom to miss.
      List<String> lookout = commands.lookout(told);
      LOG.info("listening on {}", place.url());
      if (log.use()) {
        LOG.info("listening on {}", place.url());
      }
      become(commands, lookout, listener, kernel, privileges);
    } finally {
      // Not reached unless something is wrong.
      files.forEach(OwnFile::remove);
    }
  }

  /**
   * A JVM that starts with 0, 1 or 2 closed keeps one of the JDK's files there, and reads it later. To
   * put the socket or the log there would kill it. The launcher gives it /dev/null instead.
   */
  private static void checkDescriptors() throws Misuse, IOException {
    String jdk = Path.of(System.getProperty("java.home")).toRealPath() + "/";
    for (int number = 0; number <= 2; number++) {
      if (Complaint.descriptor(number).startsWith(jdk)) {
        throw new Misuse(
            "descriptor " + number + " was closed: start the script spyglass, or give /dev/null");
      }
    }
  }

  /** Under inetd at once: nobody could read a word of ours before. */
  private LogFile openLog(Kernel kernel) throws Misuse, IOException {
    LogFile log = LogFile.open(options, kernel);
    if (Complaint.isOutputASocket()) {
      if (!log.isThere()) {
        throw new Misuse(
            "standard error is the listening socket, as inetd makes it: name a --log-file");
      }
      log.use();
    }
    return log;
  }

  private void takePidFile(Kernel kernel) throws Misuse, IOException {
    Optional<PidFile> taken = PidFile.take(options, kernel);
    if (taken.isPresent()) {
      files.add(taken.get().file());
      kept.add(taken.get().descriptor());
    }
  }

  private Commands.Place place(SocketAddress local, RunFolder run) throws Misuse, IOException {
    String name = options.find("name").orElseGet(() -> RunFolder.nameOf(local));
    return new Commands.Place(name, url(local), run.claim(name));
  }

  private void become(
      Commands commands,
      List<String> lookout,
      ServerSocketChannel listener,
      Kernel kernel,
      Privileges privileges)
      throws Misuse, IOException {
    LoggerFactory.getLogger("boot.Server").debug("execve {}", lookout);
    // Descriptor 0 is where inetd and systemd would put it, and the one place where a program
    // that starts later can look without being told: 1 and 2 are taken by output and log.
    kernel.dup2(Descriptor.of(listener), LISTENING_SOCKET);
    kernel.closeOnExecAbove2(kept);
    if (Boolean.getBoolean(INIT)) {
      // A shell without job control has what it starts with & ignore this.
      kernel.heed("INT");
    }
    tellReady(kernel);
    List<String> environment = new ArrayList<>(privileges.fit(Kernel.environment()));
    List<String> notTheirs = new ArrayList<>(JvmVariables.all());
    notTheirs.addAll(List.of(NOTIFY_SOCKET, Parent.STARTER));
    environment.removeIf(variable -> notTheirs.contains(variable.split("=", 2)[0]));
    privileges.drop(needed(lookout));
    // What an app has written is not for root to read.
    commands.checkAppCache();
    kernel.execve(lookout, environment);
  }

  /**
   * Makes an environment that of a server which we start for ourselves: it has no settings but those we
   * give it, it is not the one of which systemd wants to hear that it is ready, and it ends when we do.
   */
  static void makeOurs(Map<String, String> environment) {
    Variables.clear(environment);
    environment.remove(NOTIFY_SOCKET);
    Parent.tellStarter(environment);
  }

  /** sd_notify(3): whoever orders a service after this one may connect from here on. */
  private static void tellReady(Kernel kernel) {
    String socket = System.getenv(NOTIFY_SOCKET);
    if (socket != null && !socket.isEmpty()) {
      try {
        new KernelSockets(kernel).tell(socket, "READY=1");
      } catch (IOException e) {
        LOG.warn("cannot tell {} that we are ready: {}", socket, e.getMessage());
      }
    }
  }

  private List<Path> needed(List<String> lookout) {
    List<Path> needed = new ArrayList<>(served.jars().all());
    needed.add(Path.of(lookout.getFirst()));
    for (Lib jars : List.of(Lib.LOOKOUT, Lib.MASTER, Lib.WORKER)) {
      jars.all(Lib.jars()).forEach(needed::add);
    }
    return needed;
  }

  private ServerSocketChannel listen(Kernel kernel) throws Misuse, IOException {
    int backlog = (int) options.number("backlog");
    return switch (endpoint) {
      case Endpoint.Tcp tcp -> {
        if (Boolean.getBoolean(INIT) && !options.isSet("host") && !options.isSet("listen")) {
          LOG.warn(
              "{} is reached from inside this container alone: say --host 0.0.0.0", tcp.host());
        }
        yield TcpListener.open(tcp, backlog);
      }
      case Endpoint.Unix unix -> {
        ServerSocketChannel listener = UnixListener.open(unix, backlog, kernel);
        files.add(OwnFile.at(OwnFile.SOCKET, unix.path()));
        yield listener;
      }
    };
  }

  private static String url(SocketAddress local) {
    if (!(local instanceof InetSocketAddress inet)) {
      return "unix:" + local;
    }
    String host = inet.getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + inet.getPort();
  }
}
