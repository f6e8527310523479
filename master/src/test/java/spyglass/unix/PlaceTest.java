package spyglass.unix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is opened, and made, in a folder where others can put whatever they like. */
@Timeout(60)
class PlaceTest {

  private final Kernel kernel = new Kernel();
  private final KernelFiles files = new KernelFiles(kernel);

  @TempDir private Path folder;
  private Path open = Path.of("");
  private Path secret = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    secret = Files.writeString(folder.resolve("secret"), "4711");
  }

  private void append(Path file) throws IOException {
    try (Place place = Place.following(file, kernel)) {
      int descriptor = files.openToAppend(place);
      Files.writeString(KernelFiles.path(descriptor), "x", StandardOpenOption.APPEND);
      kernel.close(descriptor);
    }
  }

  private String unfit(Path file) {
    return String.valueOf(assertThrows(Place.Unfit.class, () -> append(file)).getMessage());
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void whatIsMadeHasItsModeWhateverTheUmask() throws Exception {
    for (int umask : new int[] {0, 0777}) {
      int before = kernel.umask(umask);
      try {
        append(open.resolve("log" + umask));
        try (Place place = Place.of(open.resolve("pid" + umask), kernel)) {
          kernel.close(files.openToLock(place));
        }
      } finally {
        kernel.umask(before);
      }
      assertEquals("rw-r-----", mode(open.resolve("log" + umask)));
      assertEquals("rw-r--r--", mode(open.resolve("pid" + umask)));
    }
  }

  @Test
  void aLinkIsNotFollowedWhereOthersCanPutOneNorIsOneOnTheWay() throws Exception {
    Path link = Files.createSymbolicLink(open.resolve("link"), secret);
    assertEquals("a link", unfit(link));
    Path below = Files.createDirectory(open.resolve("below"));
    Path way = Files.createSymbolicLink(open.resolve("way"), below);
    assertThrows(IOException.class, () -> append(way.resolve("log")));
    assertThrows(IOException.class, () -> append(below.resolve("../../secret")));
    append(below.resolve("log"));
    assertEquals("4711", Files.readString(secret));
  }

  @Test
  void aLinkOfOursThatNobodyElseCanReplaceIsFollowed() throws Exception {
    append(Files.createSymbolicLink(folder.resolve("link"), secret));
    assertEquals("4711x", Files.readString(secret));
  }

  @Test
  void aFileThatHasAnotherNameElsewhereIsRefusedWhereOthersCanMakeNames() throws Exception {
    Path hard = Files.createLink(open.resolve("hard"), secret);
    assertTrue(unfit(hard).contains("hard links"), unfit(hard));
    append(Files.createLink(folder.resolve("mine"), secret));
    assertEquals("4711x", Files.readString(secret));
  }

  @Test
  void aFifoIsRefusedAtOnceAndADeviceIsNone() throws Exception {
    Path fifo = open.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    assertEquals("a FIFO", unfit(fifo));
    assertEquals("a folder", unfit(open));
    append(Path.of("/dev/null"));
    try (Place place = Place.of(Path.of("/dev/null"), kernel)) {
      assertThrows(Place.Unfit.class, () -> files.openToLock(place));
    }
  }

  @Test
  void aFolderIsMadeWithAllAboveItAndOneThatIsThereIsLeftAsItIs() throws Exception {
    Path deep = open.resolve("a/b/deep");
    int before = kernel.umask(077);
    try (Place place = Place.making(deep, kernel)) {
      kernel.close(place.makeFolder(0700).orElseThrow());
      assertTrue(place.makeFolder(0755).isEmpty());
    } finally {
      kernel.umask(before);
    }
    assertEquals("rwxr-xr-x", mode(open.resolve("a")));
    assertEquals("rwxr-xr-x", mode(open.resolve("a/b")));
    assertEquals("rwx------", mode(deep));
    Files.createSymbolicLink(open.resolve("link"), folder);
    assertThrows(IOException.class, () -> Place.making(open.resolve("link/x"), kernel));
    assertFalse(Files.exists(folder.resolve("x")));
  }

  /** Somebody who can write to the folder swaps a file and a link to a secret as fast as possible. */
  @Test
  void aSwapperOfNamesGetsNothingWrittenToWhatItsLinkPointsTo() throws Exception {
    Path name = open.resolve("swapped");
    Path other = open.resolve("other");
    AtomicBoolean ended = new AtomicBoolean();
    Thread swapper =
        Thread.ofPlatform()
            .start(() -> {
              while (!ended.get()) {
                swap(name, other);
              }
            });
    int written = 0;
    for (int i = 0; i < 2000; i++) {
      try {
        append(name);
        written++;
      } catch (IOException e) {
        // A link just then, or not there.
      }
    }
    ended.set(true);
    swapper.join();
    assertTrue(written > 0, "the swapper was never slow enough to be a test");
    assertEquals("4711", Files.readString(secret));
  }

  private void swap(Path name, Path other) {
    try {
      Files.createSymbolicLink(other, secret);
      Files.move(other, name, StandardCopyOption.ATOMIC_MOVE);
      Files.createFile(other);
      Files.move(other, name, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
