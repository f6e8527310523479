package examples.dmq.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The folder of one queue, which has its name. It is made when the first file is. */
final class Folder {

  /** What cannot be understood goes there, beside the queues' folders; no queue has such a name. */
  static final String DAMAGED = ".damaged";

  /** What is on its way to be deleted: a folder cannot be in one step, but it can be renamed. */
  static final String REMOVED = ".removed";

  static final String UNFINISHED = ".new";

  private final Path root;
  private String name;

  Folder(Path root, String name) {
    this.root = root;
    this.name = name;
  }

  Path path() {
    return root.resolve(name);
  }

  String name() {
    return name;
  }

  void make() throws IOException {
    if (!isThere()) {
      Files.createDirectories(path());
      force(root);
    }
  }

  private boolean isThere() {
    return Files.isDirectory(path(), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * The numbers of the files of records, oldest first. Those that nobody has finished are deleted.
   * What is no file goes out of the way, for its name may be needed.
   *
   * @param told hears of that, one line each
   */
  List<Long> files(Consumer<String> told) throws IOException {
    List<Long> files = new ArrayList<>();
    if (!isThere()) {
      return files;
    }
    try (Opened all = Opened.of(root);
        Opened here = all.in(name)) {
      for (String file : here.names()) {
        boolean strange = !here.isFile(file) || (file.endsWith(Segment.SUFFIX) && !isRecords(file));
        if (strange) {
          told.accept(path().resolve(file) + " is no file of the node's: " + moveAside(file));
        } else if (file.endsWith(UNFINISHED)) {
          here.delete(file);
        } else if (isRecords(file)) {
          files.add(Long.parseLong(file.substring(0, file.length() - Segment.SUFFIX.length())));
        }
      }
    }
    return files;
  }

  private String moveAside(String file) {
    try {
      Path aside = setAside(file);
      Files.move(path().resolve(file), aside, StandardCopyOption.ATOMIC_MOVE);
      return "it is now " + aside;
    } catch (IOException e) {
      return "move it away, for the node cannot: " + e;
    }
  }

  private static boolean isRecords(String file) {
    return file.matches("[0-9]{20}\\.records") && file.compareTo("0" + Long.MAX_VALUE) < 0;
  }

  /** Keeps a copy of a file, so that somebody can look what has become of it. */
  Path setAside(Segment segment) throws IOException {
    Path copy = setAside(String.valueOf(segment.path().getFileName()));
    segment.copy(copy);
    return copy;
  }

  /** A place for what is set aside. */
  private Path setAside(String file) throws IOException {
    Path damaged = root.resolve(DAMAGED);
    if (!Files.isDirectory(damaged, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(damaged);
    }
    Path aside = damaged.resolve(name + "-" + System.currentTimeMillis() + "-" + file);
    Files.deleteIfExists(aside);
    return aside;
  }

  /** Begins a file that is to appear whole or not at all: it has another name until {@link #finish}. */
  static FileChannel begin(Path unfinished) throws IOException {
    // Whatever has that name, a link perhaps or a FIFO, is not opened.
    Files.deleteIfExists(unfinished);
    return FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Gives a finished file its name. After this it is there whole, whatever happens. */
  void finish(Path unfinished, Path finished) throws IOException {
    Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
    force();
  }

  /** Another name for the queue, in one step. */
  void rename(String other) throws IOException {
    if (isThere()) {
      Files.move(path(), root.resolve(other), StandardCopyOption.ATOMIC_MOVE);
      force(root);
    }
    name = other;
  }

  /** Deletes it with all that is in it. Out of the way first: half a queue must not be found. */
  void remove() throws IOException {
    if (isThere()) {
      String away = REMOVED + System.nanoTime();
      Files.move(path(), root.resolve(away), StandardCopyOption.ATOMIC_MOVE);
      force(root);
      try (Opened all = Opened.of(root)) {
        all.deleteFolder(away);
      }
    }
  }

  /** Deletes a file of it, if it is there; never one to which a link leads by now. */
  boolean delete(String file) throws IOException {
    try (Opened all = Opened.of(root);
        Opened here = all.in(name)) {
      here.delete(file);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Returns when the names in it are on the disk. */
  void force() throws IOException {
    force(path());
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
