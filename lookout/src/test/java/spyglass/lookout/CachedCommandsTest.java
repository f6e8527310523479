package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import spyglass.master.MasterMain;
import spyglass.unix.NativeLibrary;
import spyglass.worker.Accept;
import spyglass.worker.WorkerMain;

/** A cache is used by those who have the flags and the class path with which it was made. */
class CachedCommandsTest extends TestCommands {

  @Test
  void aCacheThatIsThereIsUsed() throws Exception {
    Files.createDirectory(lib.resolve("aot"));
    Files.createFile(lib.resolve("aot/LookoutMain.aot"));
    Files.createFile(lib.resolve("aot/MasterMain.aot"));
    Files.createFile(lib.resolve("aot/WorkerMain.aot"));
    List<String> lookout = lookout(false);
    List<String> master = next(LookoutMain.class, lookout);
    List<String> worker = next(MasterMain.class, master);
    assertTrue(
        own(lookout, LookoutMain.class).contains("-XX:AOTCache=" + lib + "/aot/LookoutMain.aot"));
    assertTrue(
        own(master, MasterMain.class).contains("-XX:AOTCache=" + lib + "/aot/MasterMain.aot"));
    assertTrue(
        own(worker, WorkerMain.class).contains("-XX:AOTCache=" + lib + "/aot/WorkerMain.aot"));
    List<String> passing = next(LookoutMain.class, lookout(false, Accept.PASS));
    assertFalse(passing.toString().contains("-XX:AOT"), "its flags are not those of the cache");
  }

  @Test
  void whoCallsCFindsItsLibraryWhereWeHaveFoundIt() throws Exception {
    String before = System.getProperty(NativeLibrary.PROPERTY, "");
    try {
      System.setProperty(NativeLibrary.PROPERTY, "/c/jffi-native");
      List<String> passing = next(LookoutMain.class, lookout(false, Accept.PASS));
      assertTrue(passing.contains("-Djffi.boot.library.path=/c/jffi-native"));
      System.setProperty(NativeLibrary.PROPERTY, "");
      passing = next(LookoutMain.class, lookout(false, Accept.PASS));
      assertFalse(passing.toString().contains("jffi.boot"), "a cache that nobody can trust");
    } finally {
      System.setProperty(NativeLibrary.PROPERTY, before);
    }
  }

  /** A cache is refused when the flags or the beginning of the class path are others. */
  @Test
  void whatIsRehearsedIsWhatIsAssembledAndWhatIsRunLater() throws Exception {
    List<String> master = next(LookoutMain.class, lookout(true));
    List<String> worker = next(MasterMain.class, master);
    List<List<String>> assembly = Rehearsal.assembly(caches(true), jars(lib));
    assertEquals(essence(lookout(true)), essence(assembly.get(0)));
    assertEquals(essence(master), essence(assembly.get(1)));
    assertEquals(essence(worker), essence(assembly.get(2)));
    List<String> later = next(MasterMain.class, next(LookoutMain.class, lookout(false)));
    assertTrue(classPath(later).startsWith(classPath(worker) + ":"));
  }

  /** What must be the same; a heap may have any size, as the JVM moves what the cache puts there. */
  private static List<String> essence(List<String> command) {
    List<String> flags = command.subList(0, command.indexOf("-cp") + 2);
    return flags.stream()
        .filter(flag -> !flag.startsWith("-XX:AOT") && !flag.startsWith("-Xm"))
        .filter(flag -> !flag.startsWith("-Dspyglass"))
        .toList();
  }
}
