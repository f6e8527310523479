package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import spyglass.training.AppCache;
import spyglass.training.Page;

/** What is believed of a page that an app can write to, and what is read because of it. */
@Timeout(30)
@SuppressWarnings("NullAway.Init") // each test has one
class AppCachesTest {

  /** The SHA-256 of nothing. */
  private static final String NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir private Path folder;
  private Path jar;
  private List<String> command;
  private AppCache cache;

  @BeforeEach
  void train() throws IOException {
    jar = Files.createFile(folder.resolve("app.jar"));
    command = List.of(folder + "/bin/java", "-cp", jar.toString(), "Main");
    cache = AppCache.of(folder, command);
    Files.createFile(cache.file());
  }

  private void write(String... files) throws IOException {
    Files.writeString(cache.page(), "cache 0\n" + String.join("\n", files) + "\n");
  }

  private String jdk() {
    return "file 0 0 " + folder + "/lib/modules -";
  }

  private String jar(String hash) {
    return "file 0 " + jar.toFile().lastModified() + " " + jar + " " + hash;
  }

  private boolean isThereAfterTheCheck() {
    AppCaches.check(cache, command);
    return Files.exists(cache.page(), LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void aCacheGoesWhenItsJarHoldsSomethingElse() throws Exception {
    write(jdk(), jar(NOTHING));
    assertTrue(isThereAfterTheCheck());
    write(jdk(), jar("0" + NOTHING.substring(1)));
    assertFalse(isThereAfterTheCheck());
  }

  @Test
  void aPageThatNamesWhatNeverEndsDoesNotHaveItRead() throws Exception {
    write("file 0 0 /dev/zero x", jdk(), jar(NOTHING));
    assertTrue(isThereAfterTheCheck(), "it fits nobody, and is made anew in time");
    String more = " /../../../../../../../../../dev/zero " + NOTHING;
    write(jdk(), jar(NOTHING).replace(" " + NOTHING, more));
    assertFalse(isThereAfterTheCheck());
  }

  @Test
  void aPageThatNeverEndsIsNotRead() throws Exception {
    Files.createSymbolicLink(cache.page(), Path.of("/dev/zero"));
    assertTrue(isThereAfterTheCheck());
  }

  @Test
  void aPageThatIsAFifoOrALinkIsNotListed() throws Exception {
    assertEquals(
        0, new ProcessBuilder("mkfifo", folder.resolve("a.txt").toString()).start().waitFor());
    Files.createSymbolicLink(folder.resolve("b.txt"), Path.of("/dev/zero"));
    write(jdk(), jar(NOTHING));
    assertEquals(List.of(cache), Page.in(folder).stream().map(Page::cache).toList());
  }
}
