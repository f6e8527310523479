package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of caches that nobody uses any more, and whose are not used at all. */
class CachesTest {

  private static final FileTime LONG_AGO =
      FileTime.fromMillis(System.currentTimeMillis() - 7_200_000);

  @TempDir private Path folder;

  private Path caches(String name, String... origin) throws IOException {
    Path caches = Files.createDirectory(folder.resolve(name));
    Files.createFile(caches.resolve("WorkerMain.aot"));
    if (origin.length > 0) {
      Files.write(caches.resolve("origin"), List.of(origin));
    }
    return caches;
  }

  private List<String> left() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(one -> one.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsHalfRemovedKeepsNobodyFromRemovingTheRest() throws Exception {
    String here = folder.toString();
    caches("aot-a-young-half");
    Files.setLastModifiedTime(caches("aot-b-old-half"), LONG_AGO);
    Files.setLastModifiedTime(caches("aot-c-used", here, here, "25"), LONG_AGO);
    caches("aot-d-orphan", here, here + "/gone", "25");
    Files.createFile(folder.resolve("aot-e-no-folder"));
    caches("making-f-young");
    Files.setLastModifiedTime(caches("making-g-old"), LONG_AGO);
    Caches.sweep(folder);
    assertEquals(
        List.of("aot-a-young-half", "aot-c-used", "aot-e-no-folder", "making-f-young"), left());
  }

  private boolean isTrusted(Path cache) throws Exception {
    return new Folders(folder, cache, folder).makeCache(true);
  }

  @Test
  void aFolderThatOthersCanWriteToIsNotTrusted() throws Exception {
    Path cache = folder.resolve("cache");
    assertEquals(true, isTrusted(cache));
    assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertEquals(false, isTrusted(cache));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xrwx"));
    assertEquals(false, isTrusted(cache));
  }
}
