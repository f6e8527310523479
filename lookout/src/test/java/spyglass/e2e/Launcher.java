package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The script {@code spyglass} of this checkout, and what one run of it leaves behind. */
public final class Launcher {

  private static final Path ROOT =
      Path.of(System.getProperty("spyglass.root", "..")).toAbsolutePath().normalize();

  private static final FileAttribute<?> OPEN_TO_ALL =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

  private static final Set<String> OF_JVMS =
      Set.of("JAVA_OPTS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

  /** The folders that the pom has chosen, so that nothing is written to anybody's home. */
  private static final Set<String> OF_THE_BUILD =
      Set.of("SPYGLASS_CACHE", "SPYGLASS_DATA", "SPYGLASS_RUN");

  private static final long PATIENCE_SECONDS = 20;

  private Launcher() {}

  /**
   * One run.
   *
   * @param process the process that was the script, then java, then the lookout: always the same pid
   * @param mark what its environment and that of all it starts contains
   * @param out where its standard output goes
   * @param log where its standard error goes
   * @param folder where its control socket lies
   */
  record Run(Process process, String mark, Path out, Path log, Path folder) {

    /**
     * Takes away what a killed server has left in its folder, and the folder. Above it is the working
     * folder, where a JVM that crashes leaves a report and perhaps its memory.
     */
    void tidy() {
      remove(folder);
      remove(folder.resolveSibling(".").normalize());
    }

    private static void remove(Path folder) {
      File[] left = folder.toFile().listFiles();
      for (File file : left == null ? new File[0] : left) {
        file.delete();
      }
      folder.toFile().delete();
    }

    /** What was written to standard error so far. */
    List<String> lines() {
      try {
        return Files.readString(log).lines().toList();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    String said() {
      try {
        return Files.readString(out);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The jar of an example. */
  public static String example(String name) {
    return ROOT.resolve("examples/" + name + "/target/" + name + ".jar").toString();
  }

  /** The script itself. */
  static String script() {
    return ROOT.resolve("spyglass").toString();
  }

  /**
   * The cache folder is one for all, and no app has a cache in it: what a worker records after the end
   * of a test is not that test's. Where the folder of the apps' caches would be, there is a file.
   */
  public static void keepAppsOut() throws IOException {
    String cache = System.getenv("SPYGLASS_CACHE");
    if (cache != null) {
      Path apps = Files.createDirectories(Path.of(cache)).resolve("apps");
      if (!Files.exists(apps)) {
        Files.writeString(apps, "so that no app has a cache");
      }
    }
  }

  /**
   * Takes out what would tell a server or its JVMs something that no test has said: whoever runs the
   * tests may have settings, and JVMs say in a line that they have picked up theirs.
   */
  public static void clean(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(name ->
            OF_JVMS.contains(name)
                || (name.startsWith("SPYGLASS_") && !OF_THE_BUILD.contains(name)));
  }

  static Run start(Map<String, String> environment, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(script()));
    command.addAll(List.of(args));
    return start(environment, command);
  }

  /** The same for a command that starts the script in its own way. */
  static Run start(Map<String, String> environment, List<String> starter) throws IOException {
    // setsid(1): a process group of its own, so that a test can press Ctrl-C on it without ending
    // Maven. env(1): a shell that starts something with & has it ignore INT, nohup(1) has it ignore
    // HUP, and whoever started Maven so would have every process below ignore them. Both exec, so
    // the pid stays the same.
    List<String> command =
        new ArrayList<>(List.of("setsid", "env", "--default-signal=HUP,INT,QUIT"));
    command.addAll(starter);
    String id = UUID.randomUUID().toString();
    File folder = Path.of("target", "e2e").toFile();
    Files.createDirectories(folder.toPath());
    File out = new File(folder, id + ".out");
    File log = new File(folder, id + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(log);
    clean(builder.environment());
    // The JDK the tests run on is the one the caches were made with.
    builder.environment().put("SPYGLASS_JAVA_HOME", System.getProperty("java.home"));
    // Each server has its own, so tests do not meet; short, because a socket's path must be. The
    // server makes it, for whomever it runs as, who must be able to get there.
    Path above = Files.createTempDirectory("spy", OPEN_TO_ALL);
    Path run = above.resolve("run");
    // For those who start one by themselves; the last that was said is deleted first.
    above.toFile().deleteOnExit();
    run.toFile().deleteOnExit();
    builder.environment().put("SPYGLASS_RUN", run.toString());
    builder.directory(above.toFile());
    keepAppsOut();
    builder.environment().putAll(environment);
    builder.environment().put("E2E_OF_SPYGLASS", id);
    return new Run(builder.start(), "E2E_OF_SPYGLASS=" + id, out.toPath(), log.toPath(), run);
  }

  /** For commands that should end by themselves: runs one to its end. */
  static Run finish(Map<String, String> environment, String... args) throws Exception {
    return finish(start(environment, args));
  }

  static Run finish(Run run) throws Exception {
    return finish(PATIENCE_SECONDS, run);
  }

  /** The same with a patience of the test's choice. */
  static Run finish(long seconds, Run run) throws Exception {
    try {
      return awaitEnd(seconds, run);
    } finally {
      run.tidy();
    }
  }

  /** Runs one that is to end at once, with a mistake: one line that says all of this, and nobody is left. */
  static void refused(Run started, String... parts) throws Exception {
    Run run = finish(started);
    String said = String.join("\n", run.lines());
    assertEquals(1, run.lines().size(), said);
    assertTrue(said.startsWith("spyglass: "), said);
    for (String part : parts) {
      assertTrue(said.contains(part), () -> "does not say '" + part + "': " + said);
    }
    assertEquals(100, run.process().exitValue());
    assertEquals("", run.said());
    assertEquals(List.of(), Proc.withVariable(run.mark()), "a process is left");
  }

  private static Run awaitEnd(long seconds, Run run) throws Exception {
    if (!run.process().waitFor(seconds, TimeUnit.SECONDS)) {
      for (Proc left : Proc.withVariable(run.mark())) {
        Proc.kill("KILL", left.pid());
      }
      throw new AssertionError("it did not end: " + String.join("\n", run.lines()));
    }
    return run;
  }
}
