package spyglass.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A file of settings: Java properties in UTF-8, whose keys are the names of options without hyphens in
 * front. The JDK reads such files but does not tell from which line a value comes, and an error that
 * does not say where it is costs its reader a search; so lines are put together here, and the JDK
 * reads one entry at a time.
 */
final class ConfigFile {

  private final Path path;

  private ConfigFile(Path path) {
    this.path = path;
  }

  /** All that a file says, in its order. A relative path in it is relative to the file's own folder. */
  static List<Said> read(String name) throws Misuse {
    String given = "--config " + name;
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw new Misuse(given + " is a folder: give a file");
      }
      return new ConfigFile(path).entries(lines(path));
    } catch (CharacterCodingException e) {
      throw new Misuse(given + " is not UTF-8: write it anew");
    } catch (InvalidPathException | IOException e) {
      String why = name.isEmpty() || !Files.exists(Path.of(name)) ? "no such file" : e.getMessage();
      throw new Misuse(given + " cannot be read (" + why + "): check its name and permissions");
    }
  }

  /** Some editors begin a file with a mark of the order of its bytes, which UTF-8 does not need. */
  private static List<String> lines(Path path) throws IOException {
    String text = Files.readString(path);
    return text.replaceFirst("^\\ufeff", "").lines().toList();
  }

  private List<Said> entries(List<String> lines) throws Misuse, IOException {
    List<Said> entries = new ArrayList<>();
    int number = 0;
    while (number < lines.size()) {
      int first = number + 1;
      StringBuilder entry = new StringBuilder(lines.get(number++));
      boolean comment = entry.toString().stripLeading().matches("[#!].*");
      // A backslash at the end, unless another one takes its meaning away, means: more to come.
      while (!comment && goesOn(entry) && number < lines.size()) {
        entry.append('\n').append(lines.get(number++));
      }
      entry(entry.toString(), new Origin.Line(path, first)).ifPresent(entries::add);
    }
    return entries;
  }

  private static boolean goesOn(CharSequence line) {
    int from = line.length();
    while (from > 0 && line.charAt(from - 1) == '\\') {
      from--;
    }
    return (line.length() - from) % 2 == 1;
  }

  private Optional<Said> entry(String text, Origin.Line line) throws Misuse, IOException {
    Properties one = new Properties();
    try {
      one.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      String where = path + ":" + line.number() + ": ";
      throw new Misuse(where + text + ": a \\u wants four hexadecimal digits: write \\\\u");
    }
    Optional<String> key = one.stringPropertyNames().stream().findFirst();
    if (key.isEmpty()) {
      return Optional.empty();
    }
    String name = key.get();
    if (!name.startsWith(Catalogue.OPTION + ".") && Catalogue.find(name).isEmpty()) {
      throw unknown(name, line);
    }
    String value = one.getProperty(name);
    return Optional.of(new Said(name, fromHere(name, trimmed(name, value)), line));
  }

  /** Nobody sees a blank at the end of a line; a number has none, but a name or a text may. */
  private static String trimmed(String name, String value) {
    return switch (Catalogue.find(name).map(Setting::kind).orElse(new Kind.Text(""))) {
      case Kind.Text text -> value;
      case Kind.JavaOptions options -> value.strip();
      case Kind.File file -> value;
      case Kind.Whole whole -> value.strip();
      case Kind.Size size -> value.strip();
      case Kind.Word word -> value.strip();
      case Kind.Switch onOrOff -> value.strip();
    };
  }

  private Misuse unknown(String key, Origin.Line line) {
    Stream<String> known = Catalogue.all().stream().map(Setting::name);
    return new Misuse(
        path
            + ":"
            + line.number()
            + ": unknown key "
            + key
            + Spelling.nearest(key, known)
                .map(name -> ": did you mean " + name + "?")
                .orElse(": spyglass --help lists them, without their --"));
  }

  private String fromHere(String name, String value) {
    Path folder = path.toAbsolutePath().normalize().getParent();
    return folder == null ? value : Paths.resolve(folder, name, value);
  }
}
