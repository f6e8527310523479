package spyglass.lookout;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.control.ControlTalk;
import spyglass.control.Door;
import spyglass.control.Hub;
import spyglass.control.Loop;

/**
 * The Unix socket over which {@code spyglass status} and the like speak to this lookout.
 *
 * <p>Its file, or the whole folder, may be removed by those who tidy up. Nobody can connect then, and
 * nobody is told: a socket goes on without its name. So each time when the
 * lookout has another reason to be awake, a visitor, a signal, news of its master, it looks whether the
 * file is there, and makes it again if not. It never wakes up for that alone.
 */
final class ControlSocket {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  /** At once; each is gone within seconds, but for the master's. */
  private static final int MOST = 32;

  private static final int OWNER_ONLY = 0600;
  private static final int OTHERS = 077;
  private static final int OTHERS_WRITE = 022;
  private static final int STICKY = 01000;

  private final Loop loop;
  private final Path path;
  private final Hub hub;
  private Door door;
  private OwnFile file;
  private boolean lost;

  private ControlSocket(Loop loop, Path path, Hub hub) throws IOException {
    this.loop = loop;
    this.path = path.toAbsolutePath();
    this.hub = hub;
    this.door = bind();
    this.file = OwnFile.at(OwnFile.SOCKET, path);
  }

  /** Binds it and lets people in. The folder is ours alone, and there is no such file: Server saw to it. */
  static ControlSocket open(Loop loop, Path path, Hub hub) throws IOException {
    return new ControlSocket(loop, path, hub);
  }

  private Door bind() throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(path), MOST);
      Files.setAttribute(path, "unix:mode", OWNER_ONLY);
      Door made = new Door(loop, listener, MOST, ControlTalk.host(hub));
      made.open();
      return made;
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** Makes it again if it is gone. One that somebody else has put there is left alone. Costs a look. */
  void look() {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      makeFolder(path.resolveSibling(".").normalize());
      Door before = door;
      door = bind();
      file = OwnFile.at(OwnFile.SOCKET, path);
      // Those who are inside, such as a master, stay.
      before.close();
      LOG.warn("{} was removed, and is made again", path);
      lost = false;
    } catch (IOException e) {
      if (!lost) {
        LOG.warn("{} was removed, and cannot be made again: {}", path, e.toString());
      }
      lost = true;
    }
  }

  /**
   * The folder as it was at the start: private, and ours. Where others can rename what is above it, they
   * could have us make a socket, and change a mode, anywhere.
   */
  private static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      // Then it is checked like any other.
    }
    Object us = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    boolean folders = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    if (!folders || !owner(folder).equals(us) || (mode(folder) & OTHERS) != 0) {
      throw new IOException(folder + " is not a folder of ours alone");
    }
    Path above = folder.toRealPath().getParent();
    while (above != null) {
      Object owner = owner(above);
      boolean known = owner.equals(us) || owner.equals(0);
      boolean open = (mode(above) & OTHERS_WRITE) != 0 && (mode(above) & STICKY) == 0;
      if (!known || open) {
        throw new IOException("others can rename what is in " + above);
      }
      above = above.getParent();
    }
  }

  private static Object owner(Path folder) throws IOException {
    return Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static int mode(Path folder) throws IOException {
    return (int) Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS);
  }

  /** Removes the file, if it is ours. */
  void remove() {
    file.remove();
  }
}
