package examples.dmq.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Small files beside a queue's records, each a text. */
public final class Notes {

  private final Folder folder;

  Notes(Folder folder) {
    this.folder = folder;
  }

  /** Writes one, whole or not at all. */
  public void write(String file, String text) throws IOException {
    folder.make();
    Path finished = folder.path().resolve(file);
    Path unfinished = folder.path().resolve(file + Folder.UNFINISHED);
    try (FileChannel out = Folder.begin(unfinished)) {
      out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      out.force(true);
    }
    folder.finish(unfinished, finished);
  }

  /** Reads one. What is no UTF-8 in it becomes U+FFFD. */
  public Optional<String> read(String file) throws IOException {
    Path path = folder.path().resolve(file);
    return Files.exists(path)
        ? Optional.of(new String(Files.readAllBytes(path), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** Deletes one, for good. */
  public void delete(String file) throws IOException {
    if (Files.deleteIfExists(folder.path().resolve(file))) {
      folder.force();
    }
  }
}
