package spyglass.lookout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import spyglass.config.Configuration;
import spyglass.config.JvmVariables;
import spyglass.config.Misuse;
import spyglass.config.Origin;
import spyglass.config.Said;
import spyglass.config.Sources;
import spyglass.process.Arguments;
import spyglass.worker.Accept;

/** The commands of a server whose jars are empty files. */
abstract class TestCommands {

  private static final Served SERVED =
      new Served("my.App", new Jars(Optional.of(Path.of("/apps/my app.jar")), List.of()), false);

  private static final Folders FOLDERS =
      new Folders(Path.of("/r"), Path.of("/c"), Path.of("/my data"));

  private static Configuration options(Accept accept) throws Misuse {
    String[][] typed = {
      {"option", "echo.max=7"},
      {"workers", "3"},
      {"threads", "4"},
      {"heap", "64MiB"},
      {"timeout", "5"},
      {"drain", "6"},
      {"wake-deadline", "7"},
      {"max-memory", "1GiB"},
      {"accept", accept.word()},
      {"trust", "10.0.0.0/8"},
      {"proxy-protocol", "true"},
      {"max-body", "8000000000"},
      {"probe", "/up"},
      {"verbose", "2"},
    };
    return Sources.read(
        Map.of(),
        Arrays.stream(typed).map(one -> new Said(one[0], one[1], new Origin.Typed())).toList());
  }

  @TempDir private Path folder;
  Path lib;

  @BeforeEach
  void pretendToHaveBeenBuilt() throws IOException {
    // A blank in its name, as the app's jar has one: nothing here goes by a shell.
    lib = Files.createDirectory(folder.resolve("our jars"));
    List<String> all =
        Stream.of(Lib.LOOKOUT, Lib.MASTER, Lib.WORKER, Lib.NATIVE)
            .flatMap(jars -> jars.artifacts().stream())
            .distinct()
            .toList();
    for (String artifact : all) {
      Files.createFile(lib.resolve(fileName(artifact)));
    }
  }

  static List<Path> jars(Path lib) {
    try (Stream<Path> all = Files.list(lib)) {
      return all.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fileName(String artifact) {
    String[] parts = artifact.split(":", 2);
    return parts[0] + "-1.2.3.Final" + (parts.length == 1 ? "" : "-" + parts[1]) + ".jar";
  }

  final Caches caches(boolean recording) {
    return new Caches(
        lib.resolve("aot").toFile(), recording ? Caches.Use.RECORDED : Caches.Use.FULL);
  }

  final List<String> lookout(boolean recording) throws Misuse {
    return lookout(recording, Accept.SHARED);
  }

  final List<String> lookout(boolean recording, Accept accept) throws Misuse {
    return commands(accept, recording).lookout(List.of());
  }

  final Commands commands(Accept accept, boolean recording) throws Misuse {
    var place = new Commands.Place("me", "http://[::1]:1", Path.of("/run/me.sock"));
    return new Commands(
        options(accept),
        SERVED,
        caches(recording),
        FOLDERS,
        Optional.of(lib.resolve("apps")),
        jars(lib),
        place,
        JvmVariables.NONE);
  }

  static Arguments argumentsOf(Class<?> main, List<String> command) {
    int at = command.indexOf(main.getName());
    return new Arguments(command.subList(at + 1, command.size()).toArray(new String[0]));
  }

  static List<String> next(Class<?> main, List<String> command) {
    return argumentsOf(main, command).next();
  }

  static String classPath(List<String> command) {
    return command.get(command.indexOf("-cp") + 1);
  }

  static String own(List<String> command, Class<?> main) {
    return command.subList(0, command.indexOf(main.getName())).toString();
  }
}
