package spyglass.unix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From where the library with which Java calls C is loaded, and from where not. */
class NativeLibraryTest {

  private final String before = System.getProperty(NativeLibrary.PROPERTY, "");

  @TempDir private Path folder;

  @BeforeEach
  void forget() {
    System.clearProperty(NativeLibrary.PROPERTY);
  }

  @AfterEach
  void restore() {
    System.setProperty(NativeLibrary.PROPERTY, before);
  }

  private static void open(Path path, String mode) throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  void itIsKeptWhereNobodyElseCanWrite() throws Exception {
    Path kept = folder.resolve("cache/jffi");
    NativeLibrary.keepIn(kept);
    assertEquals(List.of("-D" + NativeLibrary.PROPERTY + "=" + kept), NativeLibrary.flags());
    Path library = kept.resolve("libjffi-1.2.so");
    assertEquals(
        "rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(library)));
  }

  @Test
  void oneThatOthersCanWriteToOrReplaceIsNotLoaded() throws Exception {
    Path kept = folder.resolve("jffi");
    NativeLibrary.keepIn(kept);
    for (Path each : List.of(kept, kept.resolve("libjffi-1.2.so"), folder)) {
      var usual = Files.getPosixFilePermissions(each);
      open(each, "rwxrwxrwx");
      System.clearProperty(NativeLibrary.PROPERTY);
      NativeLibrary.keepIn(kept);
      assertEquals(List.of(), NativeLibrary.flags(), each.toString());
      Files.setPosixFilePermissions(each, usual);
    }
    NativeLibrary.keepIn(kept);
    assertFalse(NativeLibrary.flags().isEmpty());
  }

  @Test
  void withoutACacheItLiesForAMomentInAFolderOfItsOwn() throws Exception {
    Path there;
    try (NativeLibrary _ = NativeLibrary.present()) {
      there = Path.of(System.getProperty(NativeLibrary.PROPERTY));
      assertTrue(Files.exists(there.resolve("libjffi-1.2.so")));
      assertEquals(
          "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(there)));
    }
    assertFalse(Files.exists(there));
    assertEquals("", System.getProperty(NativeLibrary.PROPERTY, ""));
  }
}
