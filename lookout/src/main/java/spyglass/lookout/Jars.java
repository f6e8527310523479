package spyglass.lookout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import spyglass.config.Configuration;
import spyglass.config.Misuse;

/**
 * The user's jars on a worker's class path.
 *
 * @param app the one that was named by itself; a protocol may do without
 * @param more those of each {@code --lib}, by name
 */
record Jars(Optional<Path> app, List<Path> more) {

  /** Finds them, and checks that they can stand on a class path. */
  static Jars of(Configuration options) throws Misuse {
    return of(options, options.paths("jar").stream().findFirst());
  }

  /** The same with another jar than the one that is set. */
  static Jars of(Configuration options, Optional<Path> app) throws Misuse {
    if (app.isPresent()) {
      new AppJar(app.get()).checkPath();
    }
    List<Path> more = new ArrayList<>();
    for (Path folder : options.paths("lib")) {
      for (Path jar : in(folder, options.said("lib").culprit())) {
        boolean again = app.isPresent() && place(app.get()).equals(place(jar));
        new AppJar(jar).checkPath();
        if (!again) {
          more.add(jar);
        }
      }
    }
    return new Jars(app, more);
  }

  /** Sorted, because a folder has no order, and the order of a class path can make a difference. */
  private static List<Path> in(Path folder, String given) throws Misuse {
    if (!Files.isDirectory(folder)) {
      throw new Misuse(given + ": " + folder + " is no folder: give one with jars in it");
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      if (jars.isEmpty()) {
        throw new Misuse(given + ": there is no jar in " + folder + ": give a folder with some");
      }
      return jars;
    } catch (IOException e) {
      throw new Misuse(given + ": " + folder + " cannot be read: check its permissions");
    }
  }

  private static Path place(Path jar) {
    return jar.toAbsolutePath().normalize();
  }

  List<Path> all() {
    return Stream.concat(app.stream(), more.stream()).toList();
  }

  /** What to add to the end of a class path. */
  String classPath() {
    StringBuilder path = new StringBuilder();
    all().forEach(jar -> path.append(':').append(place(jar)));
    return path.toString();
  }
}
