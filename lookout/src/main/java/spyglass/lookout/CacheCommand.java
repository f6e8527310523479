package spyglass.lookout;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import spyglass.log.Plain;
import spyglass.training.Page;

/** {@code spyglass cache list} and {@code clear}. */
final class CacheCommand {

  private final Path apps;
  private final PrintStream out;

  /**
   * For the apps' caches in one cache folder, whosever they are.
   *
   * @param out for what was asked for
   */
  CacheCommand(Path cache, PrintStream out) {
    this.apps = cache.resolve(AppCaches.FOLDER);
    this.out = out;
  }

  /** Prints a line for each: the jar, the size, the age, and why it is of no use any more. */
  void list() throws IOException {
    List<Page> pages = in(apps);
    for (Page page : pages) {
      out.printf(
          "%s  %d MB  %s old  %s%n",
          Plain.line(page.app()),
          page.size() >> 20,
          age(Duration.between(page.made(), Instant.now())),
          page.unfit().map(why -> "does not fit: " + Plain.line(why)).orElse("fits"));
    }
    if (pages.isEmpty()) {
      out.println("no app has a cache in " + apps);
    }
  }

  private static String age(Duration age) {
    if (age.toDays() > 1) {
      return age.toDays() + " days";
    }
    return age.toHours() > 1 ? age.toHours() + " hours" : age.toMinutes() + " minutes";
  }

  /**
   * Takes them away. Servers that run make theirs anew.
   *
   * @param jar whose; if it is not said, all
   */
  void clear(Optional<Path> jar) throws IOException {
    int cleared = 0;
    for (Page page : in(apps)) {
      if (jar.isEmpty() || isOf(page, jar.get())) {
        page.cache().drop();
        cleared++;
      }
    }
    out.println(cleared == 1 ? "1 cache cleared" : cleared + " caches cleared");
  }

  static boolean isOf(Page page, Path jar) {
    Path place = jar.toAbsolutePath().normalize();
    return page.jars().stream().anyMatch(one -> one.path().equals(place));
  }

  /** All of a folder of folders; those of other users cannot be looked into, and are left out. */
  static List<Page> in(Path apps) throws IOException {
    List<Page> pages = new ArrayList<>();
    if (Files.isDirectory(apps)) {
      try (Stream<Path> users = Files.list(apps)) {
        for (Path user : users.filter(Files::isReadable).sorted().toList()) {
          pages.addAll(Page.in(user));
        }
      }
    }
    return pages;
  }
}
