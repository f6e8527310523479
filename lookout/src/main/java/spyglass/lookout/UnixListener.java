package spyglass.lookout;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import spyglass.config.Endpoint;
import spyglass.config.Misuse;
import spyglass.unix.Kernel;
import spyglass.unix.Place;

/**
 * Listens on a Unix domain socket. bind(2) makes a file for it, and nothing but a remove takes that
 * away again: a server that was killed leaves its file, and the next bind(2) to it fails although
 * nobody listens. So what is there is looked at first.
 */
final class UnixListener {

  private static final int KIND = 0170000;
  private static final int SOCKET = 0140000;
  private static final int ALL = 0777;

  private UnixListener() {}

  /**
   * Makes the file, in place of one that nobody listens behind. Two starts at the very same moment
   * may both find such a file, and the later one wins.
   */
  static ServerSocketChannel open(Endpoint.Unix endpoint, int backlog, Kernel kernel)
      throws Misuse, IOException {
    Path path = endpoint.path();
    String given = given(endpoint);
    checkFolder(endpoint);
    try (Place place = Place.of(path, kernel)) {
      makeRoom(place.path(), path, given);
    }
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    // bind(2) gives the file all permissions but those in the umask. With a chmod(2) afterwards
    // there would be a moment in which anybody could connect, and whoever has connected stays.
    int usual = kernel.umask(ALL & ~endpoint.mode());
    try {
      return listener.bind(UnixDomainSocketAddress.of(path), backlog);
    } catch (SocketException e) {
      listener.close();
      throw new Misuse(
          given + " cannot be made (" + e.getMessage() + "): choose a folder you may write to");
    } finally {
      kernel.umask(usual);
    }
  }

  private static String given(Endpoint.Unix endpoint) {
    return "--listen unix:" + endpoint.path();
  }

  /** What can be said of the place without listening there. */
  static void checkFolder(Endpoint.Unix endpoint) throws Misuse {
    Path folder = endpoint.path().toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new Misuse(
          given(endpoint) + ": there is no folder " + folder + ": make it, or choose another");
    }
  }

  /** The name in a folder that is held: what is looked at is in the folder from which it is removed. */
  private static void makeRoom(Path held, Path path, String given) throws Misuse, IOException {
    if (!Files.exists(held, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int mode = (int) Files.getAttribute(held, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & KIND) != SOCKET) {
      throw new Misuse(given + " is a file, and no socket: remove it, or choose another path");
    }
    if (answers(held)) {
      String holder = PortHolder.find(path).map(who -> " by " + who).orElse("");
      throw new Misuse(given + " is in use" + holder + ": choose another path, or end that");
    }
    try {
      Files.delete(held);
    } catch (IOException e) {
      throw new Misuse(given + " is left over and cannot be removed: remove it, as its owner");
    }
  }

  /**
   * Whether somebody listens. Only connect(2) can tell, and only "refused" means no: anything else,
   * such as a full queue or a want of permission, is somebody's.
   */
  static boolean answers(Path path) {
    try (SocketChannel visitor = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // Or it would wait until a full queue has room.
      visitor.configureBlocking(false);
      visitor.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
