package spyglass.unix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a path is firm, and what is made of it. */
class GroundTest {

  private static final int STRANGER = 65534;

  @TempDir private Path folder;

  private Path made(String name, String mode) throws IOException {
    Path made = Files.createDirectories(folder.resolve(name));
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
    return made;
  }

  private static boolean isTrusted(Path path) throws IOException {
    return Ground.of(path).isTrusted();
  }

  private static void giveAway(Path path) throws IOException {
    assumeTrue(Access.ourselves() == 0, "only root can give a file away");
    Files.setAttribute(path, "unix:uid", STRANGER);
  }

  @Test
  void aFolderThatOthersCanWriteToSpoilsAllThatIsBelowIt() throws Exception {
    Path open = made("open", "rwxrwxrwx");
    Path below = made("open/own/deep", "rwxr-xr-x");
    assertFalse(isTrusted(open));
    assertFalse(isTrusted(below));
    assertEquals(open.toRealPath(), Ground.of(below).firm(), "its own name is firm");
    assertEquals(List.of("own", "deep"), Ground.of(below).rest());
    made("open", "rwxr-xr-x");
    assertTrue(isTrusted(below));
  }

  @Test
  void aStickyFolderKeepsWhatIsOursAndIsNoPlaceToTrustItself() throws Exception {
    Path sticky = made("sticky", "rwxrwxrwx");
    Files.setAttribute(sticky, "unix:mode", 01777);
    Path ours = made("sticky/ours", "rwxr-xr-x");
    assertFalse(isTrusted(sticky));
    assertTrue(isTrusted(ours));
    giveAway(ours);
    assertFalse(isTrusted(ours));
    assertEquals(List.of("ours"), Ground.of(ours).rest(), "its owner can rename it");
  }

  @Test
  void whatIsSomebodyElsesIsNotTrustedAndNorIsWhatLiesInIt() throws Exception {
    Path theirs = made("theirs", "rwxr-xr-x");
    Path file = Files.createFile(theirs.resolve("file"));
    giveAway(theirs);
    assertFalse(isTrusted(theirs));
    assertFalse(isTrusted(file));
    assertEquals(List.of("file"), Ground.of(file).rest());
  }

  @Test
  void aLinkIsFollowedNameByNameWhereItIsFirm() throws Exception {
    made("open", "rwxrwxrwx");
    Path target = made("target/deep", "rwxr-xr-x");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target/../target"));
    assertEquals(target.toRealPath(), Ground.of(link.resolve("deep")).firm());
    Path through = Files.createSymbolicLink(folder.resolve("through"), Path.of("open/../target"));
    assertFalse(isTrusted(through), "it leads through an open folder");
    Path there = Files.createSymbolicLink(folder.resolve("open/there"), target);
    assertFalse(isTrusted(there), "it lies in an open folder");
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    assertThrows(FileSystemLoopException.class, () -> Ground.of(loop));
  }

  @Test
  void theOwnGroupOfAUserHasNobodyElseInItAndRootHasNone() {
    assertTrue(new Access(1000, 1000, 040775).isTrustedBy(1000));
    assertFalse(new Access(1000, 100, 040775).isTrustedBy(1000));
    assertFalse(new Access(1000, 1000, 040775).isTrustedBy(1001));
    assertFalse(new Access(0, 0, 040775).isTrustedBy(0));
    assertFalse(new Access(1000, 1000, 040777).isTrustedBy(1000));
    assertTrue(new Access(0, 0, 040755).isTrustedBy(1000));
  }

  @Test
  void whatIsMadeIsForAllToReadAndForUsToWriteAndStaysWhereItIsMade() throws Exception {
    assertTrue(Ground.make(folder.resolve("a/b/c")).isTrusted());
    for (String each : List.of("a", "a/b", "a/b/c")) {
      assertEquals(
          "rwxr-xr-x",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(each))));
    }
    made("open", "rwxrwxrwx");
    assertFalse(Ground.make(folder.resolve("open/x")).isTrusted());
    assertFalse(Files.exists(folder.resolve("open/x")));
    Files.createFile(folder.resolve("file"));
    assertThrows(IOException.class, () -> Ground.make(folder.resolve("file/x")));
  }
}
