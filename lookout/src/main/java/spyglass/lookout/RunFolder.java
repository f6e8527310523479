package spyglass.lookout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import spyglass.config.Misuse;
import spyglass.status.Servers;
import spyglass.unix.Access;
import spyglass.unix.Kernel;
import spyglass.unix.KernelFiles;
import spyglass.unix.Place;

/**
 * The folder of control sockets. Whoever can write to one of them can stop the server, so the folder is
 * its owner's alone; that also leaves no moment between bind(2) and chmod(2) in which somebody else
 * could connect.
 *
 * @param path where it is
 * @param held leads to the folder that was looked at, whatever the path comes to mean, until the execve
 */
record RunFolder(Path path, Path held) {

  private static final String USUAL_HOST = "127.0.0.1";

  /** A socket that is as young may be one that is bound and does not listen yet. */
  private static final long YOUNG_MILLIS = 10_000;

  private static final int OWNER_ONLY = 0700;

  /**
   * The folder, made if it was not there; what killed lookouts have left in it is removed.
   *
   * @param uid whose it is to be; only root can make one for somebody else
   */
  static RunFolder prepare(Path path, int uid, Kernel kernel) throws Misuse {
    try (Place place = Place.making(path, kernel)) {
      KernelFiles files = new KernelFiles(kernel);
      OptionalInt made = place.makeFolder(OWNER_ONLY);
      int descriptor = made.isPresent() ? made.getAsInt() : files.hold(place.path());
      Path held = KernelFiles.path(descriptor);
      if (made.isPresent()) {
        Files.setAttribute(held, "unix:uid", uid);
      }
      Access access = Access.ofOpen(descriptor);
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
      RunFolder folder = new RunFolder(path, held);
      folder.sweep();
      return folder;
    } catch (IOException e) {
      throw new Misuse(
          path + " cannot be used (" + e + "): name a folder for control sockets with --run");
    }
  }

  private void sweep() throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.list(held)) {
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
    Path there = held.resolve(String.valueOf(socket.getFileName()));
    if (Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      if (UnixListener.answers(there)) {
        String who = PortHolder.find(socket).map(holder -> " (" + holder + ")").orElse("");
        throw new Misuse(
            ("a server named " + name + " is running already" + who)
                + ": choose another --name, or spyglass stop "
                + name);
      }
      Files.deleteIfExists(there);
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
