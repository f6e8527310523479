package examples.dmq.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

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
    if (!Files.isDirectory(path())) {
      Files.createDirectories(path());
      force(root);
    }
  }

  /** The files of records, oldest first. Those that nobody has finished are deleted. */
  List<Path> files() throws IOException {
    if (!Files.isDirectory(path())) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(path())) {
      List<Path> sorted = all.sorted().toList();
      for (Path file : sorted) {
        if (file.toString().endsWith(UNFINISHED)) {
          Files.delete(file);
        }
      }
      return sorted.stream().filter(file -> isRecords(file)).toList();
    }
  }

  private static boolean isRecords(Path file) {
    return String.valueOf(file.getFileName()).matches("[0-9]{20}\\.records");
  }

  /** Keeps a copy of a file, so that somebody can look what has become of it. */
  Path setAside(Segment segment) throws IOException {
    Path damaged = Files.createDirectories(root.resolve(DAMAGED));
    Path copy =
        damaged.resolve(
            name + "-" + System.currentTimeMillis() + "-" + segment.path().getFileName());
    return Files.copy(segment.path(), copy, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Begins a file that is to appear whole or not at all: it has another name until {@link #finish}. */
  static FileChannel begin(Path unfinished) throws IOException {
    return FileChannel.open(
        unfinished,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /** Gives a finished file its name. After this it is there whole, whatever happens. */
  void finish(Path unfinished, Path finished) throws IOException {
    Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
    force();
  }

  /** Another name for the queue, in one step. */
  void rename(String other) throws IOException {
    if (Files.isDirectory(path())) {
      Files.move(path(), root.resolve(other), StandardCopyOption.ATOMIC_MOVE);
      force(root);
    }
    name = other;
  }

  /** Deletes it with all that is in it. Out of the way first: half a queue must not be found. */
  void remove() throws IOException {
    if (Files.isDirectory(path())) {
      Path away = root.resolve(REMOVED + System.nanoTime());
      Files.move(path(), away, StandardCopyOption.ATOMIC_MOVE);
      force(root);
      delete(away);
    }
  }

  /** Deletes a folder of files. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.delete(folder);
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
