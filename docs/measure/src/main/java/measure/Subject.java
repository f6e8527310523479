package measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server that can be started to be measured.
 *
 * @param name what the tables call it
 * @param version of its software
 * @param isJvm whether each process that answers is a JVM
 * @param starter starts one
 */
record Subject(String name, String version, boolean isJvm, Starter starter) {

  /** Our own name in the tables. */
  static final String SPYGLASS = "Spyglass";

  /** What stands behind the name of a peer with the same collector and as much heap as we have. */
  static final String SERIAL = ", Serial";

  /** What each peer is called when only some are wanted. */
  static final List<String> PEERS =
      List.of("JDK", "Undertow", "Jetty", "Helidon", "microhttp", "nginx", "uwsgi");

  private static final int WORKERS = 2;

  /** As two workers have together by default. */
  private static final List<String> SERIAL_FLAGS = List.of("-XX:+UseSerialGC", "-Xmx512m");

  /** Starts a server that answers as {@code measure.peer.Answers} says, or at least with 200. */
  interface Starter {
    Running start() throws IOException;
  }

  /** A peer on the JVM. */
  private record Jvm(String name, String main, String jar, List<String> jars) {}

  private static final List<Jvm> JVMS =
      List.of(
          new Jvm("JDK", "JdkPeer", "", List.of()),
          new Jvm(
              "Undertow",
              "UndertowPeer",
              "undertow-core",
              List.of("undertow-", "xnio-", "jboss-", "wildfly-", "smallrye-")),
          new Jvm("Jetty", "JettyPeer", "jetty-server", List.of("jetty-", "slf4j-api-")),
          new Jvm("Helidon", "HelidonPeer", "helidon-webserver", List.of("helidon-")),
          new Jvm("microhttp", "MicrohttpPeer", "microhttp", List.of("microhttp-")));

  Running start() throws IOException {
    return starter.start();
  }

  /** Has it answered, and all its workers be there. */
  void ready(Running server) throws IOException {
    Visit.millis(server.port());
    if (name.startsWith(SPYGLASS)) {
      Visit.await("both workers", () -> server.answering().size() == WORKERS);
    }
  }

  /** Ours with the least app, and these options; it is trained before this returns. */
  static Subject spyglass(Bench bench, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--app=measure.apps.Plain", bench.checkout().apps().toString()));
    Training.TRAINED.prepare(bench, all);
    List<String> words = Training.TRAINED.words(bench, all);
    return new Subject(SPYGLASS, version(bench), true, () -> Spyglass.start(bench, words));
  }

  /** Our own version. */
  static String version(Bench bench) throws IOException {
    return bench.checkout().version("spyglass-httpparser");
  }

  /** The peers on the JVM with its default flags, and if wanted each once more with ours. */
  static List<Subject> jvms(Bench bench, boolean serialToo) throws IOException {
    List<Subject> subjects = new ArrayList<>();
    for (Jvm jvm : JVMS) {
      subjects.add(of(bench, jvm, jvm.name(), List.of()));
      if (serialToo) {
        subjects.add(of(bench, jvm, jvm.name() + SERIAL, SERIAL_FLAGS));
      }
    }
    return bench.wanted(subjects);
  }

  private static Subject of(Bench bench, Jvm jvm, String name, List<String> flags)
      throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = bench.checkout().classPath(jvm.jars());
    String version =
        jvm.jar().isEmpty()
            ? System.getProperty("java.version")
            : bench.checkout().version(jvm.jar());
    Peer.Command command =
        (port, folder) -> {
          List<String> words = new ArrayList<>(List.of(java));
          words.addAll(flags);
          words.addAll(List.of("-cp", classPath, "measure.peer." + jvm.main()));
          words.add(Integer.toString(port));
          return words;
        };
    return new Subject(name, version, true, () -> Peer.start(bench, command));
  }

  /** nginx with two workers, if it is installed. */
  static List<Subject> nginx(Bench bench) {
    return installed(bench, "nginx", "-v", Natives::nginx);
  }

  /** uWSGI, which can sleep as we do, if it is installed: a page of its own, no app. */
  static List<Subject> uwsgi(Bench bench) {
    return installed(bench, "uwsgi", "--version", Natives::uwsgi);
  }

  private static List<Subject> installed(
      Bench bench, String program, String versionFlag, Natives.Maker maker) {
    Optional<Path> file =
        Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
            .map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable)
            .findFirst();
    if (file.isEmpty()) {
      bench.say(program + " is not installed: left out");
      return List.of();
    }
    String path = file.get().toString();
    String version = Natives.version(path, versionFlag);
    return bench.wanted(
        List.of(
            new Subject(
                program,
                version,
                false,
                () -> Peer.start(bench, (port, folder) -> maker.command(path, port, folder)))));
  }
}
