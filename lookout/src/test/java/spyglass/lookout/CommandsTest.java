package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.config.Configuration;
import spyglass.config.Misuse;
import spyglass.config.Origin;
import spyglass.config.Said;
import spyglass.config.Sources;
import spyglass.master.MasterMain;
import spyglass.process.Arguments;
import spyglass.worker.Accept;
import spyglass.worker.WorkerMain;

/** Takes the command lines apart as each process will do. */
class CommandsTest {

  private static final Served SERVED =
      new Served("my.App", new Jars(Optional.of(Path.of("/apps/my app.jar")), List.of()), false);

  private static final Folders FOLDERS =
      new Folders(Path.of("/r"), Path.of("/c"), Path.of("/my data"));

  private static Configuration options(Accept accept) throws Misuse {
    String[][] typed = {
      {"option", "echo.max=7"},
      {"workers", "3"},
      {"threads", "4"},
      {"heap", "64MiB"},
      {"timeout", "5"},
      {"drain", "6"},
      {"wake-deadline", "7"},
      {"max-memory", "1GiB"},
      {"accept", accept.word()},
      {"trust", "10.0.0.0/8"},
      {"proxy-protocol", "true"},
      {"max-body", "8000000000"},
      {"probe", "/up"},
      {"verbose", "2"},
    };
    return Sources.read(
        Map.of(),
        Arrays.stream(typed).map(one -> new Said(one[0], one[1], new Origin.Typed())).toList());
  }

  @TempDir private Path folder;
  private Path lib;

  @BeforeEach
  void pretendToHaveBeenBuilt() throws IOException {
    // A blank in its name, as the app's jar has one: nothing here goes by a shell.
    lib = Files.createDirectory(folder.resolve("our jars"));
    List<String> all =
        Stream.of(Lib.LOOKOUT, Lib.MASTER, Lib.WORKER, Lib.NATIVE)
            .flatMap(jars -> jars.artifacts().stream())
            .distinct()
            .toList();
    for (String artifact : all) {
      Files.createFile(lib.resolve(fileName(artifact)));
    }
  }

  private static String fileName(String artifact) {
    String[] parts = artifact.split(":", 2);
    return parts[0] + "-1.2.3.Final" + (parts.length == 1 ? "" : "-" + parts[1]) + ".jar";
  }

  private Caches caches(boolean recording) {
    return new Caches(
        lib.resolve("aot").toFile(), recording ? Caches.Use.RECORDED : Caches.Use.FULL);
  }

  private List<String> lookout(boolean recording) throws Misuse {
    return lookout(recording, Accept.SHARED);
  }

  private List<String> lookout(boolean recording, Accept accept) throws Misuse {
    return commands(accept, recording).lookout(List.of());
  }

  private Commands commands(Accept accept, boolean recording) throws Misuse {
    var place = new Commands.Place("me", "http://[::1]:1", Path.of("/run/me.sock"));
    return new Commands(
        options(accept),
        SERVED,
        caches(recording),
        FOLDERS,
        Optional.of(lib.resolve("apps")),
        lib.toFile(),
        place);
  }

  private static Arguments argumentsOf(Class<?> main, List<String> command) {
    int at = command.indexOf(main.getName());
    return new Arguments(command.subList(at + 1, command.size()).toArray(new String[0]));
  }

  private static List<String> next(Class<?> main, List<String> command) {
    return argumentsOf(main, command).next();
  }

  private static String classPath(List<String> command) {
    return command.get(command.indexOf("-cp") + 1);
  }

  @Test
  void theLookoutFindsTheMastersCommandAndTheMasterItsNumbersAndTheWorkersCommand()
      throws Exception {
    List<String> lookout = lookout(false);
    List<String> master = next(LookoutMain.class, lookout);
    Arguments told = argumentsOf(MasterMain.class, master);
    assertEquals(3, told.number("workers"));
    assertEquals(5, told.number("timeout"));
    assertEquals(6, told.number("drain"));
    assertEquals(7, told.number("wake-deadline"));
    assertEquals(1L << 30, told.number("max-memory"));
    assertEquals("/run/me.sock", told.text("control"));
    assertEquals("me", Duty.from(argumentsOf(LookoutMain.class, lookout), "").name());
    assertTrue(told.next().contains("-Xmx67108864"), told.next().toString());
    Arguments worker = argumentsOf(WorkerMain.class, told.next());
    assertEquals("my.App", worker.text("app"));
    assertEquals(4, worker.number("threads"));
    assertTrue(told.next().contains("-Dspyglass.data=/my data"));
    assertEquals("http", worker.text("protocol"));
    assertEquals("loop", worker.text("engine"));
    assertEquals(Map.of("echo.max", "7"), worker.starting("option."));
    assertEquals(6, worker.number("drain"));
    assertEquals("10.0.0.0/8", worker.text("trust"));
    assertEquals("true", worker.text("proxy-protocol"));
    assertEquals("/up 30", worker.text("probe") + " " + worker.number("stuck-timeout"));
    assertEquals(8_000_000_000L, worker.number("max-body"));
    assertTrue(worker.next().isEmpty());
  }

  @Test
  void theLookoutIsToldWhichFileToRemoveIfThereIsOne() throws Exception {
    OwnFile file = new OwnFile(OwnFile.SOCKET, Path.of("/run/my app.sock"), "1:2");
    OwnFile pid = new OwnFile(OwnFile.PID, Path.of("/run/pid"), "1:3");
    List<String> files = new ArrayList<>(file.arguments());
    files.addAll(pid.arguments());
    Arguments told = argumentsOf(LookoutMain.class, commands(Accept.SHARED, false).lookout(files));
    assertEquals(Optional.of(file), OwnFile.told(OwnFile.SOCKET, told));
    assertEquals(Optional.of(pid), OwnFile.told(OwnFile.PID, told));
    assertTrue(told.next().contains(MasterMain.class.getName()));
    Arguments nothing = argumentsOf(LookoutMain.class, lookout(false));
    assertEquals(Optional.empty(), OwnFile.told(OwnFile.SOCKET, nothing));
  }

  @Test
  void eachCommandIsThisJdksJavaThenFlagsThenTheClassPathThenTheProgram() throws Exception {
    List<String> lookout = lookout(false);
    List<String> master = next(LookoutMain.class, lookout);
    List<String> worker = next(MasterMain.class, master);
    check(lookout, LookoutMain.class);
    check(master, MasterMain.class);
    check(worker, WorkerMain.class);
  }

  private static void check(List<String> command, Class<?> main) {
    assertEquals(System.getProperty("java.home") + "/bin/java", command.getFirst());
    int program = command.indexOf(main.getName());
    assertEquals("-cp", command.get(program - 2));
    // java takes the first word that is no flag for the program.
    List<String> flags = command.subList(1, program - 2);
    assertTrue(flags.stream().allMatch(flag -> flag.startsWith("-")), flags::toString);
    assertTrue(flags.contains("-XX:+DisplayVMOutputToStderr"));
    assertTrue(flags.contains("-Dspyglass.verbosity=2"));
    // Off comes last: what is said later about logging overrules.
    assertTrue(flags.indexOf("-Xlog:disable") < flags.indexOf("-Xlog:all=warning:stderr"));
    assertTrue(flags.indexOf("-Xlog:all=warning:stderr") < flags.indexOf("-Xlog:aot*=off:stderr"));
    assertFalse(flags.stream().anyMatch(flag -> flag.startsWith("-XX:AOT")), "there is none");
  }

  @Test
  void onlyTheWorkerSeesTheAppAndSeesItLast() throws Exception {
    List<String> master = next(LookoutMain.class, lookout(false));
    List<String> worker = next(MasterMain.class, master);
    String classPath = classPath(worker);
    assertEquals(Lib.WORKER.classPath(lib.toFile()) + ":/apps/my app.jar", classPath);
    assertFalse(classPath(master).contains("my app"));
    assertFalse(classPath(lookout(false)).contains("my app"));
  }

  @Test
  void whoAcceptsIsToldToMasterAndWorkerAndOnlyThoseWhoPassGetNativeCode() throws Exception {
    for (Accept accept : Accept.values()) {
      List<String> lookout = lookout(false, accept);
      List<String> master = next(LookoutMain.class, lookout);
      List<String> worker = next(MasterMain.class, master);
      assertEquals(accept.word(), argumentsOf(MasterMain.class, master).text("accept"));
      assertEquals(accept.word(), argumentsOf(WorkerMain.class, worker).text("accept"));
      assertFalse(own(lookout, LookoutMain.class).contains("jnr"));
      assertEquals(accept != Accept.SHARED, own(master, MasterMain.class).contains("jnr"));
      assertEquals(accept == Accept.PASS, own(worker, WorkerMain.class).contains("jnr"));
      assertEquals(accept == Accept.PASS, own(worker, WorkerMain.class).contains("add-opens"));
      assertTrue(classPath(worker).endsWith(":/apps/my app.jar"));
    }
  }

  @Test
  void nativeCodeAndTheCommandLinesParserAreOnNobodysClassPathUnlessAsked() throws Exception {
    for (Lib jars : List.of(Lib.LOOKOUT, Lib.MASTER, Lib.WORKER)) {
      assertFalse(jars.artifacts().stream().anyMatch(name -> name.matches("jnr.*|picocli")));
    }
  }

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
    assertTrue(passing.contains("-Djffi.boot.library.path=/c/jffi-1.2.3.Final-native"));
    assertFalse(passing.toString().contains("AOT"), "its flags are not those of the cache");
  }

  private static String own(List<String> command, Class<?> main) {
    return command.subList(0, command.indexOf(main.getName())).toString();
  }

  /** A cache is refused when the flags or the beginning of the class path are others. */
  @Test
  void whatIsRehearsedIsWhatIsAssembledAndWhatIsRunLater() throws Exception {
    List<String> master = next(LookoutMain.class, lookout(true));
    List<String> worker = next(MasterMain.class, master);
    List<List<String>> assembly = Rehearsal.assembly(caches(true), lib.toFile());
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
