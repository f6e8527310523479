package spyglass.lookout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import spyglass.config.Configuration;
import spyglass.config.Misuse;
import spyglass.unix.Kernel;
import spyglass.unix.KernelFiles;
import spyglass.unix.Place;

/**
 * {@code --log-file}: the log of all processes. It is opened once, by its path, and becomes descriptor 2,
 * which every child inherits; so nobody else needs to know its name, or may write to it. It is opened to
 * append, so that it may be cut to nothing while we write (logrotate's copytruncate): the next line
 * stands at the beginning, and not behind a hole.
 */
final class LogFile {

  private static final int OUTPUT = 1;
  private static final int LOG = 2;

  private final Kernel kernel;
  private final Optional<Integer> descriptor;
  private boolean inUse;

  private LogFile(Kernel kernel, Optional<Integer> descriptor) {
    this.kernel = kernel;
    this.descriptor = descriptor;
  }

  /** Opens it, if there is to be one. */
  static LogFile open(Configuration options, Kernel kernel) throws Misuse {
    Optional<Path> path = options.paths("log-file").stream().findFirst();
    if (path.isEmpty()) {
      return new LogFile(kernel, Optional.empty());
    }
    String given = options.said("log-file").culprit();
    try (Place place = Place.following(path.get(), kernel)) {
      return new LogFile(kernel, Optional.of(new KernelFiles(kernel).openToAppend(place)));
    } catch (Place.Unfit e) {
      throw new Misuse(given + " is " + e.getMessage() + ": name a file of its own");
    } catch (IOException e) {
      throw new Misuse(
          (given + " cannot be opened (" + e.getMessage() + "): ")
              + "choose a file you may write to, in a folder that is there");
    }
  }

  boolean isThere() {
    return descriptor.isPresent();
  }

  /**
   * From here on the log goes there. So does descriptor 1, to which nobody writes: it would only hold
   * on to a terminal, or to a pipe whose reader waits for its end.
   *
   * @return whether that is news
   */
  boolean use() throws IOException {
    if (descriptor.isEmpty() || inUse) {
      return false;
    }
    kernel.dup2(descriptor.get(), OUTPUT);
    kernel.dup2(descriptor.get(), LOG);
    inUse = true;
    return true;
  }
}
