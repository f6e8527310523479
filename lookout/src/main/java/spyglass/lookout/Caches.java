package spyglass.lookout;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import spyglass.master.MasterMain;
import spyglass.worker.WorkerMain;

/**
 * The AOT caches of master and worker (JEP 483, 514, 515): classes already parsed and linked, as a
 * file that is mapped into memory. A JVM with one starts in about half the time. They are made once,
 * by a rehearsal; with another JDK, or a jar that was changed since, the JVM leaves them out.
 *
 * @param folder where they lie; the launcher names one for each build of a JDK
 * @param recording whether this is the rehearsal
 */
record Caches(File folder, boolean recording) {

  private static final String FOLDER = "spyglass.caches";
  private static final String RECORDING = "spyglass.rehearsal";

  /** As the launcher said. */
  static Caches asTold() {
    return new Caches(new File(System.getProperty(FOLDER, "")), Boolean.getBoolean(RECORDING));
  }

  /** What to add to the command line of one of our programs. */
  List<String> flags(Class<?> main) {
    if (recording) {
      return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + file(main, "conf"));
    }
    File cache = file(main, "aot");
    return cache.exists() ? List.of("-XX:AOTCache=" + cache) : List.of();
  }

  /** The same for the command that makes a cache: aside, because others may be starting. */
  List<String> assemblyFlags(Class<?> main) {
    return List.of(
        "-XX:AOTMode=create",
        "-XX:AOTConfiguration=" + file(main, "conf"),
        "-XX:AOTCache=" + file(main, "new"));
  }

  /** Puts the caches that were made in their place and throws the recordings away. */
  void publish() throws IOException {
    for (Class<?> main : List.of(MasterMain.class, WorkerMain.class)) {
      Files.move(file(main, "new").toPath(), file(main, "aot").toPath());
      Files.delete(file(main, "conf").toPath());
    }
  }

  private File file(Class<?> main, String ending) {
    return new File(folder, main.getSimpleName() + "." + ending);
  }
}
