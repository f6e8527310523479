package examples.dmq.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What an earlier node has left. */
public final class Leftovers {

  private Leftovers() {}

  /** The names of the queues that have a folder. What was about to be deleted is. */
  public static List<String> queues(Path root) throws IOException {
    Files.createDirectories(root);
    List<Path> folders;
    try (Stream<Path> all = Files.list(root)) {
      folders = all.filter(Files::isDirectory).sorted().toList();
    }
    for (Path folder : folders) {
      if (name(folder).startsWith(Folder.REMOVED)) {
        Folder.delete(folder);
      }
    }
    return folders.stream().map(Leftovers::name).filter(name -> !name.startsWith(".")).toList();
  }

  private static String name(Path folder) {
    return String.valueOf(folder.getFileName());
  }
}
