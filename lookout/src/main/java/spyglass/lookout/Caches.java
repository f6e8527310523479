package spyglass.lookout;

import java.io.File;
import java.util.List;

/**
 * The AOT caches of master and worker (JEP 483, 514, 515): classes already parsed and linked, as
 * a file that is mapped into memory. A JVM with one starts in about half the time. They are made once,
 * by a rehearsal, and lie beside the jars; a JVM other than the one they were made for, or a jar that
 * was changed since, makes them useless and harmless.
 *
 * @param folder where they lie
 * @param recording whether this is the rehearsal
 */
record Caches(File folder, boolean recording) {

  /** The system property that says: rehearse. */
  static final String RECORD = "spyglass.record";

  static Caches asTold() {
    return new Caches(new File(Lib.folder(), "aot"), Boolean.getBoolean(RECORD));
  }

  /** What to add to the command line of one of our programs. */
  List<String> flags(Class<?> main) {
    if (recording) {
      return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + file(main, "conf"));
    }
    File cache = file(main, "aot");
    return cache.exists() ? List.of("-XX:AOTCache=" + cache) : List.of();
  }

  /** The same for the command that makes a cache of a recording. */
  List<String> assemblyFlags(Class<?> main) {
    return List.of(
        "-XX:AOTMode=create",
        "-XX:AOTConfiguration=" + file(main, "conf"),
        "-XX:AOTCache=" + file(main, "aot"));
  }

  private File file(Class<?> main, String ending) {
    return new File(folder, main.getSimpleName() + "." + ending);
  }
}
