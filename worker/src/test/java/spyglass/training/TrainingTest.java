package spyglass.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a worker starts with a cache of its app, and when one is to record. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class TrainingTest {

  private static final String OWN = "/caches/WorkerMain.aot";

  @TempDir private Path folder;

  private Path jar = Path.of("");
  private List<String> command = List.of();
  private AppCache cache = new AppCache(Path.of(""));

  @BeforeEach
  void app() throws IOException {
    jar = Files.writeString(folder.resolve("app.jar"), "app");
    command = command("-Xmx64m");
    cache = AppCache.of(folder, command);
  }

  private List<String> command(String flag) {
    String path = "/ours.jar:" + jar;
    return List.of(
        "/jdk/bin/java", "-XX:AOTCache=" + OWN, flag, "-cp", path, "Main", "--app", "App");
  }

  private Training training() {
    return new Training(Optional.of(cache), Optional.of(OWN), command);
  }

  private void make() throws IOException {
    Files.writeString(cache.file(), "cache");
    List<String> stamp = AppCache.stamp(command);
    Files.write(cache.page(), cache.write(5, Training.bare(command), stamp, Hashes.of(command)));
  }

  @Test
  void a_jar_may_have_the_longest_name_there_is() throws IOException {
    jar = Files.writeString(folder.resolve("\ud83d\udc1d".repeat(62) + ".jar"), "app");
    command = command("-Xmx64m");
    cache = AppCache.of(folder, command);
    make();
    Path recording = cache.recording("1234567-first-" + Long.MAX_VALUE);
    Files.createFile(recording.resolveSibling(recording.getFileName() + ".aot"));
    assertTrue(training().isTrained());
    assertTrue(cache.base().getFileName().toString().startsWith("\ud83d\udc1d"));
  }

  @Test
  void with_a_cache_that_fits_the_app_has_it_instead_of_ours() throws IOException {
    make();
    assertTrue(training().isTrained());
    List<String> first = training().first(false);
    assertEquals("-XX:AOTCache=" + cache.file(), first.get(1));
    assertFalse(first.contains("-XX:AOTCache=" + OWN));
    assertTrue(training().isTrained(first));
  }

  @Test
  void without_one_the_first_has_ours_unless_it_is_the_only_one() {
    assertEquals(command, training().first(false));
    List<String> only = training().first(true);
    assertTrue(only.contains("-XX:AOTMode=record"), only::toString);
    assertTrue(Training.recordingOf(only).isPresent());
    assertEquals(Training.bare(command), Training.bare(only));
  }

  @Test
  void once_a_later_one_has_recorded_in_vain_the_first_is_to_record() throws IOException {
    Files.createFile(cache.mark());
    assertTrue(Training.recordingOf(training().first(false)).isPresent());
  }

  @Test
  void a_jar_that_was_touched_replaced_or_removed_ends_it() throws IOException {
    make();
    FileTime time = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(time.toMillis() + 2000));
    assertFalse(training().isTrained());
    Files.setLastModifiedTime(jar, time);
    assertTrue(training().isTrained());
    Files.writeString(jar, "longer");
    Files.setLastModifiedTime(jar, time);
    assertFalse(training().isTrained());
    Files.delete(jar);
    assertFalse(training().isTrained());
  }

  @Test
  void content_that_has_changed_though_size_and_time_are_the_same_is_found_by_its_hash()
      throws IOException {
    make();
    FileTime time = Files.getLastModifiedTime(jar);
    Files.writeString(jar, "APP");
    Files.setLastModifiedTime(jar, time);
    assertTrue(training().isTrained());
    Page page = Page.of(cache).orElseThrow();
    assertFalse(page.hasSameContent());
  }

  @Test
  void half_a_cache_or_one_without_its_page_is_none() throws IOException {
    make();
    Files.writeString(cache.file(), "cac");
    assertFalse(training().isTrained());
    make();
    Files.delete(cache.page());
    assertFalse(training().isTrained());
    Files.writeString(cache.page(), "cache 5\n");
    assertFalse(training().isTrained());
  }

  @Test
  void other_flags_and_another_class_path_have_another_cache_and_properties_have_not() {
    assertNotEquals(cache, AppCache.of(folder, command("-Xmx65m")));
    assertEquals(cache, AppCache.of(folder, Training.bare(command)));
    List<String> told = new ArrayList<>(command);
    told.add(1, "-Dspyglass.data=/x");
    assertEquals(cache, AppCache.of(folder, told));
    told.set(told.indexOf("-cp") + 1, "/ours.jar:/other.jar");
    assertNotEquals(cache.base(), AppCache.of(folder, told).base());
  }

  @Test
  void where_there_is_to_be_none_a_command_is_left_as_it_is() {
    Training none = new Training(Optional.empty(), Optional.empty(), command);
    assertEquals(command, none.first(true));
    assertFalse(none.isPossible());
  }

  @Test
  void what_has_failed_is_tried_again_after_a_day_or_with_other_jars_or_when_it_was_cleared()
      throws IOException {
    String stamp = training().stamp();
    cache.giveUp(stamp);
    assertFalse(training().isPossible());
    assertEquals(command, training().first(true));
    Path failure = cache.failure(stamp);
    Files.setLastModifiedTime(failure, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    assertTrue(training().isPossible());
    Leftovers.removeOthers(cache);
    assertFalse(Files.exists(failure));
    cache.giveUp(stamp);
    Files.writeString(jar, "another app");
    assertTrue(training().isPossible());
    cache.giveUp(training().stamp());
    cache.drop();
    assertTrue(training().isPossible());
  }
}
