package spyglass.unix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The C code with which Java calls C, in a shared library inside jffi's jar. The kernel maps libraries
 * from files only. Left alone, jffi unpacks a copy with a new name into /tmp at each start of each
 * process and deletes it a moment later; a process that is killed in between deletes nothing, and under an
 * umask of 0 everybody could write to it. So one copy with a name that stays is kept in the cache; and where
 * there is no cache, one is unpacked for a moment into a folder that is nobody else's.
 *
 * <p>Whoever can write to it, or to a folder above it, has his code run by whoever loads it.
 */
public final class NativeLibrary implements AutoCloseable {

  /** The system property with which jffi is told of a folder that holds it. */
  public static final String PROPERTY = "jffi.boot.library.path";

  /**
   * The property with which jffi is told where to unpack what it cannot load from there, as from a disk
   * that is mounted noexec. Else it would try the working folder at last, and that may be anybody's.
   */
  private static final String UNPACKED = "jffi.extract.dir";

  private static final String FILE = "libjffi-1.2.so";

  private static final Logger LOG = LoggerFactory.getLogger("Server");

  private final Path folder;

  private NativeLibrary(Path folder) {
    this.folder = folder;
  }

  /**
   * Unpacks it unless it is there, and tells jffi in this process. Where that cannot be done, or others
   * could change it, jffi is told nothing.
   *
   * @param folder one for each version, in a folder that is trusted
   */
  public static void keepIn(Path folder) {
    try {
      Path library = folder.resolve(FILE);
      boolean trusted = Ground.make(folder).isTrusted();
      if (trusted && !Files.exists(library)) {
        unpack(library);
      }
      if (trusted && Ground.isTrusted(library)) {
        System.setProperty(PROPERTY, folder.toString());
      } else {
        LOG.warn(
            "{} is, or was, open to others: it is not used, and each start takes longer: remove it",
            folder);
      }
    } catch (IOException e) {
      LOG.debug("jffi's library cannot be kept: {}", e.toString());
    }
  }

  /** For the command line of a process that will call C as well: what jffi was told in this one. */
  public static List<String> flags() {
    String told = System.getProperty(PROPERTY, "");
    return told.isEmpty() ? List.of() : List.of("-D" + PROPERTY + "=" + told);
  }

  /**
   * Has it lie where jffi finds it, until this is closed: by then it is loaded, and what is mapped needs
   * its name no more.
   */
  static NativeLibrary present() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    System.setProperty(UNPACKED, temporary.toString());
    if (!System.getProperty(PROPERTY, "").isEmpty()) {
      return new NativeLibrary(Path.of(""));
    }
    try {
      Ground ground = Ground.of(temporary);
      if (!ground.rest().isEmpty() || !ground.access().keepsWhatIsOf(ground.user())) {
        throw new IOException("it belongs to somebody else");
      }
      NativeLibrary library = new NativeLibrary(Files.createTempDirectory(temporary, "spyglass-"));
      unpack(library.folder.resolve(FILE));
      System.setProperty(PROPERTY, library.folder.toString());
      return library;
    } catch (IOException e) {
      throw new UncheckedIOException(
          ("jffi's library cannot be unpacked into " + temporary + " (" + e.getMessage())
              + "): name a folder with --cache",
          e);
    }
  }

  /** Why it cannot be loaded although it is there: jffi keeps to itself what the kernel has said. */
  String complaint() {
    return "jffi's library can be loaded neither from "
        + System.getProperty(PROPERTY)
        + " nor from "
        + System.getProperty(UNPACKED)
        + ", as if both were mounted noexec: name a folder on another disk with --cache";
  }

  /** Under another name first: whoever starts meanwhile must not find half a library. */
  private static void unpack(Path library) throws IOException {
    Path partial = Files.createTempFile(library.getParent(), "unpacking-", ".tmp");
    try (InputStream in = NativeLibrary.class.getResourceAsStream(resource())) {
      if (in == null) {
        throw new IOException("there is none for this machine");
      }
      Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(partial, library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static String resource() {
    String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
    return "/jni/" + machine + "-Linux/" + FILE;
  }

  /** Takes away what was unpacked for a moment. */
  @Override
  public void close() {
    if (folder.isAbsolute()) {
      System.clearProperty(PROPERTY);
      folder.resolve(FILE).toFile().delete();
      folder.toFile().delete();
    }
  }
}
