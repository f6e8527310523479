package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.slf4j.jdk.platform.logging.SLF4JSystemLoggerFinder;
import spyglass.log.StderrProvider;

/** Whether the list is whole; what becomes of a sleeper whose files go is for the tests of servers. */
final class PreloadTest {

  /** Whose classes a lookout runs. */
  private static final Pattern RUN =
      Pattern.compile(
          "spyglass\\.(lookout|control|process|log|training)\\..*"
              + "|org\\.slf4j\\.(Logger$|(event|jdk|spi)\\..*)"
              + "|org\\.slf4j\\.helpers\\.(Message|Formatting|Normalized).*");

  /** What these name is for the start of a server, or for a worker, and never comes by in a lookout. */
  private static final Set<String> NEVER =
      Set.of(
          "spyglass.lookout.PortHolder",
          "spyglass.lookout.TcpListener",
          "spyglass.training.Hashes",
          "spyglass.training.Page",
          "spyglass.training.Page$Jar",
          "org.slf4j.event.EventRecordingLogger",
          "org.slf4j.event.SubstituteLoggingEvent");

  @Test
  void everyClassThatALookoutCanReachIsOnTheList() {
    Set<String> reached = new TreeSet<>();
    Deque<String> next =
        new ArrayDeque<>(
            List.of(
                LookoutMain.class.getName(),
                StderrProvider.class.getName(),
                SLF4JSystemLoggerFinder.class.getName()));
    while (!next.isEmpty()) {
      String name = next.removeFirst();
      if (RUN.matcher(name).matches() && !NEVER.contains(name) && reached.add(name)) {
        named(name).forEach(next::add);
      }
    }
    assertEquals(String.join("\n", reached), String.join("\n", listed()));
  }

  @Test
  void eachOfThemIsThere() {
    assertDoesNotThrow(Preload::all);
  }

  private static Set<String> listed() {
    return new TreeSet<>(Arrays.asList(Preload.CLASSES));
  }

  /** All classes that stand in the table of constants of one. */
  private static Stream<String> named(String name) {
    String file = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = PreloadTest.class.getResourceAsStream(file)) {
      var pool = ClassFile.of().parse(in.readAllBytes()).constantPool();
      return StreamSupport.stream(pool.spliterator(), false)
          .filter(ClassEntry.class::isInstance)
          .map(entry -> ((ClassEntry) entry).asInternalName().replace('/', '.'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
