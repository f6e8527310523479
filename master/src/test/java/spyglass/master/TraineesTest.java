package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.process.Exit;
import spyglass.training.AppCache;
import spyglass.training.Training;

/** Who records, and what becomes of a cache with which workers die. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class TraineesTest {

  private static final List<String> COMMAND =
      List.of("/jdk/bin/java", "-cp", "/no.jar", "Main", "--app", "App");

  @TempDir private Path folder;

  private Training training() {
    return new Training(
        Optional.of(AppCache.of(folder, COMMAND)), Optional.of("/own.aot"), COMMAND);
  }

  /** One that claims to fit. */
  private AppCache make() throws IOException {
    AppCache cache = AppCache.of(folder, COMMAND);
    Files.writeString(cache.file(), "cache");
    Files.writeString(cache.page(), "cache 5\nfile 0 0 /jdk/lib/modules -\nfile 0 0 /no.jar -\n");
    return cache;
  }

  private static boolean records(List<String> command) {
    return Training.recordingOf(command).isPresent();
  }

  @Test
  void without_a_cache_the_second_worker_records_and_no_other() {
    Trainees trainees = new Trainees(training(), false, COMMAND);
    List<String> first = trainees.command();
    assertFalse(records(first));
    trainees.started(1, first);
    assertEquals("no", trainees.word());
    List<String> second = trainees.command();
    assertTrue(records(second));
    trainees.started(2, second);
    assertEquals("recording", trainees.word());
    assertFalse(records(trainees.command()));
  }

  @Test
  void a_cache_with_which_a_worker_dies_is_thrown_away_once_one_starts_without()
      throws IOException {
    AppCache cache = make();
    Trainees trainees = new Trainees(training(), false, COMMAND);
    List<String> first = trainees.command();
    trainees.started(1, first);
    assertEquals("yes", trainees.word());
    assertTrue(Exit.bySignal(trainees.ended(1, 1)));
    List<String> second = trainees.command();
    assertTrue(second.contains("-XX:AOTCache=/own.aot"), second::toString);
    trainees.started(2, second);
    assertTrue(Files.exists(cache.file()));
    trainees.ready(2);
    assertFalse(Files.exists(cache.file()));
  }

  @Test
  void an_app_that_does_not_start_in_either_way_keeps_its_cache() throws IOException {
    AppCache cache = make();
    Trainees trainees = new Trainees(training(), false, COMMAND);
    trainees.started(1, trainees.command());
    assertTrue(Exit.bySignal(trainees.ended(1, Exit.APP)));
    trainees.started(2, trainees.command());
    assertEquals(Exit.APP, trainees.ended(2, Exit.APP));
    assertTrue(Files.exists(cache.file()));
  }

  @Test
  void who_was_killed_or_was_ready_says_nothing_of_its_cache() throws IOException {
    make();
    Trainees trainees = new Trainees(training(), false, COMMAND);
    trainees.started(1, trainees.command());
    assertEquals(Exit.signal(9), trainees.ended(1, Exit.signal(9)));
    List<String> second = trainees.command();
    trainees.started(2, second);
    trainees.ready(2);
    assertEquals(1, trainees.ended(2, 1));
    assertEquals(second, trainees.command());
  }
}
