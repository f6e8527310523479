package spyglass.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settings that are paths, seen from a folder. */
final class Paths {

  /** What a path has before it to be a socket's in {@code listen}. */
  static final String UNIX = "unix:";

  private Paths() {}

  /** The value with its paths absolute, if it has any: relative ones begin in the folder. */
  static String resolve(Path folder, String name, String value) {
    if (name.equals("listen") && value.startsWith(UNIX) && !value.equals(UNIX)) {
      return UNIX + absolute(folder, value.substring(UNIX.length()));
    }
    if (name.equals(Sources.CONFIG)) {
      return absolute(folder, value);
    }
    boolean isFile = Catalogue.find(name).map(Setting::kind).orElse(null) instanceof Kind.File;
    return !isFile || value.isEmpty()
        ? value
        : split(name, value).map(each -> absolute(folder, each)).collect(Collectors.joining(":"));
  }

  /** The paths of a setting, which is several paths, with colons between them, or one. */
  static Stream<String> split(String name, String value) {
    return Catalogue.get(name).kind() instanceof Kind.File(String label, boolean several) && several
        ? Arrays.stream(value.split(":")).filter(each -> !each.isEmpty())
        : Stream.of(value);
  }

  private static String absolute(Path folder, String path) {
    try {
      return folder.resolve(path).normalize().toString();
    } catch (InvalidPathException e) {
      // Whoever uses it will say so.
      return path;
    }
  }
}
