package spyglass.lookout;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each process is made of: the jars on its class path, by the names Maven knows them under. They
 * are on the class path of the program that starts it all. A jar that is not needed is not there, because each one costs the
 * time to open it and the memory of its table of contents, in the process that sleeps most of all.
 */
record Lib(List<String> artifacts) {
  static final Lib LOOKOUT = of("spyglass-lookout", "spyglass-worker");
  static final Lib MASTER = of("spyglass-master", "spyglass-worker");
  static final Lib WORKER =
      of(
          "spyglass-worker",
          "spyglass-httpparser",
          "undertow-core",
          "xnio-api",
          "jboss-logging",
          "wildfly-common");

  /** Native code, for a master that accepts and for workers to whom connections are passed. */
  static final Lib NATIVE =
      new Lib(
          List.of(
              "spyglass-master",
              "jnr-posix",
              "jnr-ffi",
              "jnr-constants",
              "jffi",
              "jffi:native",
              "jnr-a64asm",
              "jnr-x86asm",
              "asm",
              "asm-analysis",
              "asm-commons",
              "asm-tree",
              "asm-util"));

  /** For the command line, which is gone when the lookout is there. */
  private static final Lib COMMAND = new Lib(List.of("picocli"));

  private static Lib of(String... artifacts) {
    Stream<String> log = Stream.of("slf4j-api", "slf4j-jdk-platform-logging");
    return new Lib(Stream.concat(Stream.of(artifacts), log).toList());
  }

  /** The class path, as {@code -cp} takes it. */
  String classPath(List<Path> jars) {
    return all(jars).stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  /** The jars themselves. */
  List<Path> all(List<Path> jars) {
    return artifacts.stream().map(artifact -> jar(jars, artifact)).toList();
  }

  /** All that are on our own class path, in an order that does not depend on the folder's. */
  static List<Path> jars() {
    return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
        .map(Path::of)
        .sorted()
        .toList();
  }

  /** Those among them that Spyglass needs, and none of somebody else's. */
  static List<Path> needed(List<Path> jars) {
    return Stream.of(LOOKOUT, MASTER, WORKER, NATIVE, COMMAND)
        .flatMap(each -> each.all(jars).stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** The name of one of the jars, with its version and without its ending. */
  static String version(List<Path> jars, String artifact) {
    String jar = String.valueOf(jar(jars, artifact).getFileName());
    return jar.substring(0, jar.length() - ".jar".length());
  }

  /** One of the jars; Maven's classifier, if it has one, stands behind a colon. */
  static Path jar(List<Path> jars, String artifact) {
    String[] parts = artifact.split(":", 2);
    String classifier = parts.length == 1 ? "" : "-" + parts[1];
    String file = parts[0] + "-[0-9][^-]*" + classifier + "\\.jar";
    List<Path> found =
        jars.stream().filter(jar -> String.valueOf(jar.getFileName()).matches(file)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          "the class path should hold one " + artifact + " jar, and holds " + found.size());
    }
    return found.getFirst();
  }
}
