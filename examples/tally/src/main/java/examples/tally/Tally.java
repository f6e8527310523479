package examples.tally;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import spyglass.http.App;
import spyglass.http.Context;
import spyglass.http.Request;
import spyglass.http.Response;
import spyglass.life.Single;

/**
 * Counts visits in memory. With two workers there would be two counts, so it says that it must be alone;
 * and as its process ends whenever nobody has visited for a while, it writes the count to a file then
 * and reads it when it starts again.
 *
 * <p>Visit it, wait until it sleeps, visit it again: it goes on where it was. Then {@code pkill -KILL
 * spy-worker} in the middle: what was counted since the last sleep is gone, because nobody was asked to
 * put it away. An app that must not lose that writes it down before it answers.
 */
@Single
public final class Tally implements App {

  /** Of a file that holds a number, with room for blanks. */
  private static final int LONGEST = 64;

  private final AtomicLong count = new AtomicLong();
  private Path file = Path.of("");

  @Override
  public void start(Context context) throws IOException {
    file = Files.createDirectories(context.data().resolve("tally")).resolve("count");
    count.set(stored());
    context.log().log(Level.INFO, "begins at " + count + ": " + context.wakeReason());
  }

  /** Not through a link; opened to write as well, for then a FIFO makes nobody wait (fifo(7)). */
  private long stored() throws IOException {
    try (FileChannel in =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer text = ByteBuffer.allocate(LONGEST);
      in.read(text, 0);
      return number(StandardCharsets.ISO_8859_1.decode(text.flip()).toString().strip());
    } catch (NoSuchFileException e) {
      return 0;
    } catch (FileSystemException e) {
      throw new IOException(file + " is no file to read and write: move it away", e);
    }
  }

  private long number(String text) throws IOException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException(file + " has no number in it: write one there, or delete it", e);
    }
  }

  @Override
  public Response call(Request request) {
    return request.path().equals("/")
        ? Response.text(count.incrementAndGet() + "\n")
        : Response.text("Nothing here: ask for /\n").withStatus(404);
  }

  /**
   * The usual way to write a file so that there is always a whole one: write another, have the kernel put
   * it on the disk, and only then give it the name. Who is killed in between leaves the old one.
   */
  @Override
  public void sleep(Instant deadline) throws IOException {
    Path aside = file.resolveSibling("count.new");
    // What has that name already, half a file or a link, is not written to.
    Files.deleteIfExists(aside);
    try (FileChannel out =
        FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      out.write(StandardCharsets.US_ASCII.encode(count + "\n"));
      out.force(true);
    }
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
