package spyglass.lookout;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Arguments;

/**
 * A file of the server's own, to be removed at its end: that of a Unix socket, or that of the pid.
 *
 * @param option the lookout's argument that names it
 * @param path where it is
 * @param inode which one it is: device and inode number. Somebody may have removed it and put another
 *     there, perhaps a second server its own, and that is not ours to remove. The number is no other
 *     file's as long as ours is open, because the kernel keeps its inode so long
 */
record OwnFile(String option, Path path, String inode) {

  static final String SOCKET = "socket";
  static final String PID = "pid-file";

  private static final Set<OpenOption> EMPTIED =
      Set.of(
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING,
          LinkOption.NOFOLLOW_LINKS);

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  /** What lies there now. */
  static OwnFile at(String option, Path path) throws IOException {
    return new OwnFile(option, path.toAbsolutePath(), inode(path, LinkOption.NOFOLLOW_LINKS));
  }

  /** Which file this is. */
  static String inode(Path path, LinkOption... links) throws IOException {
    return inode(Files.readAttributes(path, BasicFileAttributes.class, links));
  }

  private static String inode(BasicFileAttributes attributes) {
    return String.valueOf(attributes.fileKey());
  }

  /** What {@link #arguments} told. */
  static Optional<OwnFile> told(String option, Arguments arguments) {
    return arguments
        .find(option)
        .map(path -> new OwnFile(option, Path.of(path), arguments.text(option + "-inode")));
  }

  /** For the lookout's command line. */
  List<String> arguments() {
    return List.of("--" + option, path.toString(), "--" + option + "-inode", inode);
  }

  /**
   * Removes it, unless it is another one. Call this while it is still open. Its folder is opened once, so
   * that nobody can have us look in one folder and remove in another.
   */
  void remove() {
    Path above = path.resolveSibling(".").normalize();
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(above)) {
      if (folder instanceof SecureDirectoryStream<Path> held) {
        remove(held, path.getFileName());
      }
    } catch (NoSuchFileException e) {
      // Somebody was quicker.
    } catch (IOException e) {
      LOG.warn("cannot remove {} ({}): the next start will try", path, e.getMessage());
    }
  }

  /** After {@code --user} the folder may be root's still, and the file ours: then it is emptied. */
  private void remove(SecureDirectoryStream<Path> folder, Path name) throws IOException {
    BasicFileAttributeView view =
        folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (!inode(view.readAttributes()).equals(inode)) {
      return;
    }
    try {
      folder.deleteFile(name);
    } catch (AccessDeniedException e) {
      if (option.equals(SOCKET)) {
        throw e;
      }
      folder.newByteChannel(name, EMPTIED).close();
    }
  }
}
