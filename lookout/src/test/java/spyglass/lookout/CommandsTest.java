package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import spyglass.master.MasterMain;
import spyglass.process.Arguments;
import spyglass.worker.Accept;
import spyglass.worker.WorkerMain;

/** Takes the command lines apart as each process will do. */
class CommandsTest extends TestCommands {

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
    assertEquals(Lib.WORKER.classPath(jars(lib)) + ":/apps/my app.jar", classPath);
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
}
