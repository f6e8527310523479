package measure;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that are needed, found from where our own jar lies.
 *
 * @param root the folder of the checkout
 * @param lib our jar's folder, with all jars of the peers
 */
record Checkout(Path root, Path lib) {

  static Checkout find() throws IOException {
    try {
      Path jar =
          Path.of(Checkout.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path root = jar.getParent(); root != null; root = root.getParent()) {
        if (Files.isExecutable(root.resolve("spyglass"))) {
          return new Checkout(root, root.resolve("docs/measure/target/lib")).checked();
        }
      }
      throw new IOException(jar + " lies in no checkout of Spyglass: leave it where it was built");
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private Checkout checked() throws IOException {
    for (Path jar : List.of(example("guestbook"), apps())) {
      if (!Files.isRegularFile(jar)) {
        throw new IOException(jar + " is missing: mvn -DskipTests package builds it");
      }
    }
    return this;
  }

  Path launcher() {
    return root.resolve("spyglass");
  }

  Path example(String name) {
    return root.resolve("examples").resolve(name).resolve("target").resolve(name + ".jar");
  }

  /** The jar with {@code measure.apps}. */
  Path apps() {
    return root.resolve("docs/measure/target/measure-apps.jar");
  }

  /** What the big app needs. */
  Path heavyLib() {
    return root.resolve("docs/measure/target/heavy");
  }

  /** A class path of our own jar and of those whose names begin so: a peer pays for its own only. */
  String classPath(List<String> prefixes) throws IOException {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.filter(
              jar -> {
                String name = jar.getFileName().toString();
                return name.equals("measure.jar") || prefixes.stream().anyMatch(name::startsWith);
              })
          .map(Path::toString)
          .sorted()
          .collect(Collectors.joining(":"));
    }
  }

  /** The version in the name of a jar, such as {@code jetty-server-12.1.13.jar}. */
  String version(String jar) throws IOException {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.map(file -> file.getFileName().toString())
          .filter(name -> name.matches(jar + "-[0-9].*\\.jar"))
          .map(name -> name.substring(jar.length() + 1, name.length() - ".jar".length()))
          .findFirst()
          .orElse("?");
    }
  }
}
