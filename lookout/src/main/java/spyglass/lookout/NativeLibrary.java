package spyglass.lookout;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.slf4j.LoggerFactory;

/**
 * The C code with which Java calls C, in a shared library inside jffi's jar. The kernel maps libraries
 * from files only. Left alone, jffi unpacks a copy with a new name into /tmp at each start of each
 * process and deletes it a moment later; a process that is killed in between deletes nothing. So one
 * copy with a name that stays is kept in the cache.
 */
final class NativeLibrary {

  /** The system property with which jffi is told of a folder that holds it. */
  static final String PROPERTY = "jffi.boot.library.path";

  private static final String JAR = "jffi:native";

  private NativeLibrary() {}

  /**
   * Unpacks it unless it is there, and tells jffi in this process. Where that cannot be done, in a
   * folder that is not ours to write in, jffi does it its own way.
   */
  static void keep(Path cache, File lib) {
    Path folder = folder(cache, lib);
    try (JarFile jar = new JarFile(Lib.jar(lib, JAR))) {
      Optional<ZipEntry> entry = entry(jar);
      if (entry.isPresent()) {
        Path library = folder.resolve(Path.of(entry.get().getName()).getFileName());
        if (!Files.exists(library)) {
          Files.createDirectories(folder);
          unpack(jar, entry.get(), library);
        }
        System.setProperty(PROPERTY, folder.toString());
      }
    } catch (IOException e) {
      LoggerFactory.getLogger("boot.Server")
          .debug("jffi's library cannot be kept: {}", e.toString());
    }
  }

  /** For the command line of a process that will call C as well: what jffi was told in this one. */
  static List<String> flags() {
    String told = System.getProperty(PROPERTY, "");
    return told.isEmpty() ? List.of() : List.of("-D" + PROPERTY + "=" + told);
  }

  /** One for each version, which is in the jar's name. */
  private static Path folder(Path cache, File lib) {
    String jar = Path.of(Lib.jar(lib, JAR)).getFileName().toString();
    return cache.resolve(jar.substring(0, jar.length() - ".jar".length()));
  }

  private static Optional<ZipEntry> entry(JarFile jar) {
    String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
    return jar.stream()
        .filter(entry -> entry.getName().startsWith("jni/" + machine + "-Linux/"))
        .filter(entry -> entry.getName().endsWith(".so"))
        .<ZipEntry>map(entry -> entry)
        .findFirst();
  }

  /** Under another name first: whoever starts meanwhile must not find half a library. */
  private static void unpack(JarFile jar, ZipEntry entry, Path library) throws IOException {
    Path partial = Files.createTempFile(library.getParent(), "unpacking-", ".tmp");
    try (InputStream in = jar.getInputStream(entry)) {
      Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(partial, library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
