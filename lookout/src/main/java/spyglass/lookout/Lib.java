package spyglass.lookout;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each process is made of: the jars on its class path, by the names Maven knows them under. They
 * lie side by side in one folder. A jar that is not needed is not there, because each one costs the
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

  private static Lib of(String... artifacts) {
    Stream<String> log = Stream.of("slf4j-api", "slf4j-jdk-platform-logging");
    return new Lib(Stream.concat(Stream.of(artifacts), log).toList());
  }

  /** The class path, as {@code -cp} takes it. */
  String classPath(File folder) {
    return all(folder).stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  /** The jars themselves. */
  List<Path> all(File folder) {
    return artifacts.stream().map(artifact -> Path.of(jar(folder, artifact))).toList();
  }

  /** The folder this class was loaded from, with all the other jars in it. */
  static File folder() {
    // By way of a URI, because a URL writes the blank of a folder's name as %20.
    URI jar = URI.create(Lib.class.getProtectionDomain().getCodeSource().getLocation().toString());
    return Path.of(jar).toFile().getParentFile();
  }

  /** The name of one of the jars, with its version and without its ending. */
  static String version(File folder, String artifact) {
    String jar = String.valueOf(Path.of(jar(folder, artifact)).getFileName());
    return jar.substring(0, jar.length() - ".jar".length());
  }

  /** The path of one of the jars; Maven's classifier, if it has one, stands behind a colon. */
  static String jar(File folder, String artifact) {
    String[] parts = artifact.split(":", 2);
    String classifier = parts.length == 1 ? "" : "-" + parts[1];
    String file = parts[0] + "-[0-9][^-]*" + classifier + "\\.jar";
    File[] jars = folder.listFiles((dir, name) -> name.matches(file));
    if (jars == null || jars.length != 1) {
      throw new IllegalStateException(
          folder + " should hold one " + artifact + " jar: run mvn clean package");
    }
    return jars[0].getPath();
  }
}
