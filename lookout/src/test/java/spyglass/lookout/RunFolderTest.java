package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.config.Misuse;
import spyglass.unix.Access;
import spyglass.unix.Kernel;

/** Where control sockets lie, and whose that must be. */
class RunFolderTest {

  @TempDir private Path folder;

  private Path run() {
    return folder.resolve("a/run");
  }

  private static RunFolder prepare(Path run) throws Exception {
    return RunFolder.prepare(run, Access.ourselves(), new Kernel());
  }

  private static String misuse(Path run) {
    return String.valueOf(assertThrows(Misuse.class, () -> prepare(run)).getMessage());
  }

  private ServerSocketChannel listen(String name) throws Exception {
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return socket.bind(UnixDomainSocketAddress.of(run().resolve(name)));
  }

  @Test
  void itIsMadeForItsOwnerAlone() throws Exception {
    prepare(run());
    prepare(run());
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(run())));
  }

  @Test
  void oneThatIsOpenToOthersOrNoFolderOrALinkIsRefused() throws Exception {
    prepare(run());
    Path link = Files.createSymbolicLink(folder.resolve("link"), run());
    assertTrue(misuse(link).contains("is no folder: name another with --run"), misuse(link));
    Files.setPosixFilePermissions(run(), PosixFilePermissions.fromString("rwxr-x---"));
    assertTrue(misuse(run()).contains("is open to others: chmod 700"));
    Path file = Files.createFile(folder.resolve("file"));
    assertTrue(misuse(file).contains("is no folder"));
    assertTrue(misuse(file.resolve("below")).contains("cannot be used"));
  }

  @Test
  void whatAKilledLookoutHasLeftIsRemovedAndALivingOneIsNot() throws Exception {
    prepare(run());
    listen("dead.sock").close();
    listen("young.sock").close();
    FileTime longAgo = FileTime.fromMillis(System.currentTimeMillis() - 60_000);
    Files.setLastModifiedTime(run().resolve("dead.sock"), longAgo);
    try (ServerSocketChannel living = listen("living.sock")) {
      Files.setLastModifiedTime(run().resolve("living.sock"), longAgo);
      RunFolder prepared = prepare(run());
      assertFalse(Files.exists(run().resolve("dead.sock")));
      assertTrue(Files.exists(run().resolve("young.sock")));
      assertTrue(living.isOpen());
      String refused =
          String.valueOf(assertThrows(Misuse.class, () -> prepared.claim("living")).getMessage());
      assertTrue(refused.startsWith("a server named living is running already ("), refused);
      assertTrue(refused.endsWith("spyglass stop living"), refused);
      prepared.claim("young");
      assertFalse(Files.exists(run().resolve("young.sock")));
    }
  }

  @Test
  void aNameIsAFilesNameAndAPathNotLongerThanASocketsMayBe() throws Exception {
    RunFolder prepared = prepare(run());
    for (String name : new String[] {"", "a/b", "..", ".a", "a b", "-a"}) {
      assertThrows(Misuse.class, () -> prepared.claim(name), name);
    }
    assertThrows(Misuse.class, () -> prepared.claim("x".repeat(100)));
    assertEquals(run().resolve("a.b-c_1.sock"), prepared.claim("a.b-c_1"));
  }

  @Test
  void aServerIsCalledByItsPortOrItsSocket() {
    assertEquals(
        "4222", RunFolder.nameOf(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 4222)));
    assertEquals(
        "4222", RunFolder.nameOf(new InetSocketAddress(InetAddress.ofLiteral("::"), 4222)));
    assertEquals(
        "80", RunFolder.nameOf(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 80)));
    assertEquals(
        "10.0.0.5_80",
        RunFolder.nameOf(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.5"), 80)));
    assertEquals("my_app", RunFolder.nameOf(UnixDomainSocketAddress.of("/r/my app.sock")));
  }
}
