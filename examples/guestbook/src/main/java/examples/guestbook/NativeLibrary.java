package examples.guestbook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite itself is C, in a shared library inside the driver's jar, and the kernel maps libraries
 * from files only. Left alone, the driver unpacks a copy with a new name into the folder for
 * temporary files at each start and deletes it at exit. A process that is killed deletes nothing,
 * and an app that sleeps starts often: the copies would pile up. So there is one copy, with a name
 * that stays. All workers map that one file, which also means that they share its memory: compare
 * {@code grep -A3 sqlite /proc/PID/smaps} of two of them.
 */
final class NativeLibrary {

  private NativeLibrary() {}

  /** Unpacks the library unless it is there, and tells the driver where it is. */
  static void unpackInto(Path folder) {
    // One for each version and processor, should a home be shared by several machines. Should one
    // of them have another C library, it cannot be loaded there, and the driver unpacks its own.
    String name = SQLiteJDBCLoader.getVersion() + "-" + System.getProperty("os.arch") + ".so";
    try {
      if (!Files.exists(folder.resolve(name))) {
        // Only now: to tell which of its libraries fits, the driver runs a program, uname(1).
        String inJar = LibraryLoaderUtil.getNativeLibResourcePath();
        unpack(inJar + "/" + LibraryLoaderUtil.getNativeLibName(), folder, name);
      }
      // It looks for old copies at each start: here there are few files, in /tmp often thousands.
      System.setProperty("org.sqlite.tmpdir", folder.toString());
      System.setProperty("org.sqlite.lib.path", folder.toString());
      System.setProperty("org.sqlite.lib.name", name);
    } catch (IOException e) {
      // Nothing is lost but tidiness: the driver will unpack a copy its own way.
      System.err.println("guestbook: cannot keep SQLite's library in " + folder + ": " + e);
    }
  }

  /** Under another name first: a worker that starts meanwhile must not find half a library. */
  private static void unpack(String resource, Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Path partial = Files.createTempFile(folder, "unpacking-", ".tmp");
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the driver has no " + resource);
      }
      Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.move(partial, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
