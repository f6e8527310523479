package spyglass.lookout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Arguments;

/**
 * The file of a Unix socket, to be removed when nobody will listen behind it any more.
 *
 * @param path where it is
 * @param inode which one it is: device and inode number. Somebody may have removed it and put another
 *     there, perhaps a second server its own, and that is not ours to remove. The number is no other
 *     file's as long as our socket is open, because the kernel keeps the file's inode with it
 */
record SocketFile(Path path, String inode) {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  /** What lies there now. */
  static SocketFile at(Path path) throws IOException {
    var attributes = Files.readAttributes(path, "unix:dev,ino", LinkOption.NOFOLLOW_LINKS);
    return new SocketFile(path, attributes.get("dev") + ":" + attributes.get("ino"));
  }

  /** What {@link #arguments} told. */
  static Optional<SocketFile> told(Arguments arguments) {
    return arguments
        .find("socket")
        .map(path -> new SocketFile(Path.of(path), arguments.text("socket-inode")));
  }

  /** For the lookout's command line. */
  List<String> arguments() {
    return List.of("--socket", path.toString(), "--socket-inode", inode);
  }

  /** Removes it, unless it is another one. Call this while the socket is still open. */
  void remove() {
    try {
      if (at(path).equals(this)) {
        Files.delete(path);
      }
    } catch (NoSuchFileException e) {
      // Somebody was quicker.
    } catch (IOException e) {
      LOG.warn("cannot remove {} ({}): the next start will try", path, e.getMessage());
    }
  }
}
