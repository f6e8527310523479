package spyglass.lookout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import spyglass.config.Misuse;
import spyglass.status.Servers;
import spyglass.unix.Access;
import spyglass.unix.Ground;

/**
 * The folder of control sockets. Whoever can write to one of them can stop the server, so the folder is
 * its owner's alone; that also leaves no moment between bind(2) and chmod(2) in which somebody else
 * could connect.
 */
record RunFolder(Path path) {

  private static final String USUAL_HOST = "127.0.0.1";

  /** A socket that is as young may be one that is bound and does not listen yet. */
  private static final long YOUNG_MILLIS = 10_000;

  /**
   * The folder, made if it was not there; what killed lookouts have left in it is removed.
   *
   * @param uid whose it is to be; only root can make one for somebody else
   */
  static RunFolder prepare(Path path, int uid) throws Misuse {
    try {
      make(path, uid);
      Access access = Access.of(path);
      if (!access.isFolder()) {
        throw new Misuse(path + " is no folder: name another with --run");
      }
      if (!access.isOf(uid)) {
        throw new Misuse(
            path + " belongs to somebody else: name a folder of the server's own with --run");
      }
      if (!access.isPrivate()) {
        throw new Misuse(
            path + " is open to others: chmod 700 it, or name another folder with --run");
      }
      RunFolder folder = new RunFolder(path);
      folder.sweep();
      return folder;
    } catch (IOException e) {
      throw new Misuse(
          path + " cannot be used (" + e + "): name a folder for control sockets with --run");
    }
  }

  private static void make(Path path, int uid) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Ground.make(parent);
    }
    try {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.setAttribute(path, "unix:uid", uid);
    } catch (FileAlreadyExistsException e) {
      // What it is, and whose, is looked at next.
    }
  }

  private void sweep() throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.list(path)) {
      left = files.filter(file -> file.toString().endsWith(".sock")).toList();
    }
    long before = System.currentTimeMillis() - YOUNG_MILLIS;
    for (Path socket : left) {
      try {
        long made = Files.getLastModifiedTime(socket, LinkOption.NOFOLLOW_LINKS).toMillis();
        if (made < before && !UnixListener.answers(socket)) {
          Files.deleteIfExists(socket);
        }
      } catch (NoSuchFileException e) {
        // Its owner, or another start, was quicker.
      }
    }
  }

  /**
   * The control socket for a name that nobody has yet.
   *
   * @throws Misuse if the name cannot be, or a server that lives has it
   */
  Path claim(String name) throws Misuse, IOException {
    Path socket = Servers.socket(path, name);
    if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      if (UnixListener.answers(socket)) {
        String who = PortHolder.find(socket).map(holder -> " (" + holder + ")").orElse("");
        throw new Misuse(
            ("a server named " + name + " is running already" + who)
                + ": choose another --name, or spyglass stop "
                + name);
      }
      Files.deleteIfExists(socket);
    }
    return socket;
  }

  /**
   * What a server is called that was not named: its port, with its address before it unless that is the
   * usual one or any, of which a port can have only one.
   */
  static String nameOf(SocketAddress local) {
    if (local instanceof InetSocketAddress inet) {
      InetAddress address = inet.getAddress();
      String literal = address.getHostAddress();
      boolean plain = address.isAnyLocalAddress() || literal.equals(USUAL_HOST);
      String host = plain ? "" : literal + "_";
      return host + inet.getPort();
    }
    return String.valueOf(Path.of(local.toString()).getFileName())
        .replaceFirst("\\.sock$", "")
        .replaceAll("[^A-Za-z0-9._:%-]", "_");
  }
}
