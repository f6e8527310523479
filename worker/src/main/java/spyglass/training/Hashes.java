package spyglass.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import spyglass.process.Footing;

/** What is in the files of a command, for those who have the time to read them: never on the way to an answer. */
final class Hashes {

  /** Stands for a file that nobody has read. */
  static final String NONE = "-";

  private static final int PIECE = 1 << 16;

  private Hashes() {}

  /** One for each, SHA-256 in hexadecimal; a hyphen for what is not there, and for the JDK's. */
  static List<String> of(List<String> command) throws IOException {
    List<String> hashes = new ArrayList<>();
    List<String> files = Footing.files(command);
    for (int i = 0; i < files.size(); i++) {
      // The first is more than a hundred megabytes, and a package manager's; its time says enough.
      hashes.add(i == 0 ? NONE : of(Path.of(files.get(i))));
    }
    return hashes;
  }

  /** That of one. */
  static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] piece = new byte[PIECE];
      int count = in.read(piece);
      while (count >= 0) {
        digest.update(piece, 0, count);
        count = in.read(piece);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchFileException e) {
      return NONE;
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }
}
