package spyglass.e2e;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of the JDK and of Spyglass, to be altered under a server that runs with it. */
record Installation(Path jdk, Path home) {

  static Installation in(Path folder) throws IOException {
    Path jdk = folder.resolve("jdk");
    Path from = Path.of(System.getProperty("java.home"));
    for (String part : List.of("bin", "conf", "lib")) {
      copy(from.resolve(part), jdk.resolve(part));
    }
    Files.copy(from.resolve("release"), jdk.resolve("release"));
    Path home = folder.resolve("spyglass");
    Path launcher = Path.of(Launcher.script());
    Files.createDirectories(home.resolve("bin"));
    Files.copy(launcher, home.resolve("bin/spyglass"), StandardCopyOption.COPY_ATTRIBUTES);
    copy(launcher.resolveSibling("lookout/target/lib"), home.resolve("lib"));
    return new Installation(jdk, home);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(from, new Copier(from, to));
  }

  private static final class Copier extends SimpleFileVisitor<Path> {

    private final Path from;
    private final Path to;

    Copier(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      Files.createDirectories(to.resolve(from.relativize(folder)));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!file.endsWith("src.zip")) {
        Path copy = to.resolve(from.relativize(file));
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /** A server that runs with it, asleep. */
  Tree start(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/spyglass").toString()));
    command.addAll(List.of("-v", "--listen", "127.0.0.1:0"));
    command.addAll(List.of(args));
    return Tree.by(Launcher.start(Map.of("SPYGLASS_JAVA_HOME", jdk.toString()), command));
  }

  /** As an update does that removes the old one. */
  void removeJdk() throws IOException {
    Files.move(jdk, jdk.resolveSibling("elsewhere"));
  }

  void bringJdkBack() throws IOException {
    Files.move(jdk.resolveSibling("elsewhere"), jdk);
  }

  /** As {@code mvn package} does, with other bytes in the place of all that was there. */
  void overwriteJars() throws IOException {
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        Files.write(jar, new byte[(int) Files.size(jar)]);
      }
    }
  }
}
