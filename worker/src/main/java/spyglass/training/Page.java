package spyglass.training;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands beside a cache, for those who list caches and clear them.
 *
 * @param cache whose page it is
 * @param app the app's class, or the protocol
 * @param size the cache's, in bytes
 * @param made when
 * @param jars what it was made from, in the order of the class path
 */
public record Page(AppCache cache, String app, long size, Instant made, List<Jar> jars) {

  private static final String APP = "key --app ";
  private static final String ENDING = ".txt";

  /** A page has a line for each jar and each flag. */
  private static final long LONGEST = 1 << 20;

  /** A file, and what it was like; the hash is a hyphen where nobody has read it. */
  public record Jar(Path path, long size, long time, String hash) {

    private Optional<String> change() {
      File file = path.toFile();
      if (!file.exists()) {
        return Optional.of(path.getFileName() + " is gone");
      }
      boolean same = file.length() == size && file.lastModified() == time;
      return same ? Optional.empty() : Optional.of(path.getFileName() + " has changed");
    }
  }

  /** Those of all caches in a folder; none where there is no folder. */
  public static List<Page> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> pages;
    try (Stream<Path> files = Files.list(folder)) {
      pages =
          files
              .filter(file -> file.toString().endsWith(ENDING))
              .filter(file -> !file.toString().contains(AppCache.RECORDING))
              .sorted()
              .toList();
    }
    List<Page> read = new ArrayList<>();
    for (Path page : pages) {
      String path = page.toString();
      of(new AppCache(Path.of(path.substring(0, path.length() - ENDING.length()))))
          .ifPresent(read::add);
    }
    return read;
  }

  /** That of one, if it is there, and neither a link, nor a FIFO, nor longer than any page. */
  public static Optional<Page> of(AppCache cache) {
    try {
      if (!isReadable(cache.page())) {
        return Optional.empty();
      }
      String app = "";
      long size = -1;
      List<Jar> jars = new ArrayList<>();
      for (String line : Files.readAllLines(cache.page())) {
        if (line.startsWith(AppCache.CACHE)) {
          size = Long.parseLong(line.substring(AppCache.CACHE.length()));
        } else if (line.startsWith(APP)) {
          app = line.substring(APP.length());
        } else if (line.startsWith(AppCache.FILE)) {
          jars.add(jar(line.substring(AppCache.FILE.length())));
        }
      }
      Instant made = Files.getLastModifiedTime(cache.page()).toInstant();
      return Optional.of(new Page(cache, app, size, made, jars));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Its writer is an app, and its reader may be root: it is not to have us read what never ends. */
  public static boolean isReadable(Path page) throws IOException {
    return Files.isRegularFile(page, LinkOption.NOFOLLOW_LINKS) && Files.size(page) < LONGEST;
  }

  private static Jar jar(String line) {
    int size = line.indexOf(' ');
    int time = line.indexOf(' ', size + 1);
    int hash = line.lastIndexOf(' ');
    return new Jar(
        Path.of(line.substring(time + 1, hash)),
        Long.parseLong(line.substring(0, size)),
        Long.parseLong(line.substring(size + 1, time)),
        line.substring(hash + 1));
  }

  /** Why nobody uses it any more, if it is so. */
  public Optional<String> unfit() {
    if (cache.file().toFile().length() != size) {
      return Optional.of("it is not whole");
    }
    for (Jar jar : jars) {
      Optional<String> change = jar.change();
      if (change.isPresent()) {
        return change;
      }
    }
    return Optional.empty();
  }

  /** Whether the jars hold what they held: that takes its time, as each is read. */
  public boolean hasSameContent() throws IOException {
    for (Jar jar : jars) {
      if (!jar.hash().equals(Hashes.NONE) && !jar.hash().equals(Hashes.of(jar.path()))) {
        return false;
      }
    }
    return true;
  }
}
