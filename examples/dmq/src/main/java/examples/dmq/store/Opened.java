package examples.dmq.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder that was opened once, and its entries by their names in it (openat(2)): its path may lead
 * elsewhere a moment later, but what is looked at or deleted is in this one. No link is followed.
 */
final class Opened implements AutoCloseable {

  private final SecureDirectoryStream<Path> stream;

  private Opened(DirectoryStream<Path> stream) {
    // Whatever the kernel of this product has, has openat.
    this.stream = (SecureDirectoryStream<Path>) stream;
  }

  /** A folder that the operator has named: links on the way to it are the operator's. */
  @SuppressWarnings("StreamResourceLeak") // the caller closes it with this
  static Opened of(Path folder) throws IOException {
    return new Opened(Files.newDirectoryStream(folder));
  }

  /**
   * A folder in this one; throws when that is a link, or no folder. The dot makes it ENOTDIR where the
   * JDK, which does not say O_DIRECTORY, would wait for a FIFO. A link before a dot is followed, so what
   * was opened must be what has the name.
   */
  Opened in(String name) throws IOException {
    Opened opened = new Opened(stream.newDirectoryStream(Path.of(name, ".")));
    try {
      Object there = attributes(name).fileKey();
      Object here =
          opened
              .stream
              .getFileAttributeView(BasicFileAttributeView.class)
              .readAttributes()
              .fileKey();
      if (!there.equals(here)) {
        throw new NotDirectoryException(name);
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** The names of its entries, in their order. Once. */
  List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try {
      stream.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort(null);
    return names;
  }

  boolean isFile(String name) throws IOException {
    return attributes(name).isRegularFile();
  }

  private BasicFileAttributes attributes(String name) throws IOException {
    return stream
        .getFileAttributeView(
            Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  /** Deletes an entry that is no folder; of a link, the link. */
  void delete(String name) throws IOException {
    stream.deleteFile(Path.of(name));
  }

  /** Deletes a folder of files. What is not there is gone already. */
  void deleteFolder(String name) throws IOException {
    try (Opened folder = in(name)) {
      for (String file : folder.names()) {
        folder.delete(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    stream.deleteDirectory(Path.of(name));
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
