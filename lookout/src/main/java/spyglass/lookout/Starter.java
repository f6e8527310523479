package spyglass.lookout;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import spyglass.config.JvmVariables;
import spyglass.log.StderrProvider;

/**
 * How Spyglass is started: by its script, which finds a JDK and builds what a checkout lacks; or, where
 * its jars are on the class path of somebody's program, by java and what the script tells it.
 */
public final class Starter {

  /** The script says why. */
  static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Xrs",
          "-XX:+DisableAttachMechanism",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-opens",
          "java.base/sun.nio.ch=ALL-UNNAMED",
          "-Dslf4j.provider=" + StderrProvider.class.getName(),
          "-Dslf4j.internal.verbosity=WARN");

  private Starter() {}

  /**
   * The beginning of a command line for a program that has us on its class path; options and the app's
   * jar are to follow.
   *
   * @param javaHome the JDK to start it with
   * @throws IOException if one of our jars is not there, as a jar of its own
   */
  public static List<String> fromClassPath(String javaHome) throws IOException {
    try {
      return java(javaHome, Lib.needed(Lib.jars()));
    } catch (IllegalStateException e) {
      throw new IOException(
          e.getMessage()
              + ": add the artifact spyglass-lookout and what it needs, or name a launcher",
          e);
    }
  }

  /** Makes an environment what the script would make of it. */
  public static void prepare(Map<String, String> environment) {
    JvmVariables.putAside(environment);
    environment.keySet().removeIf(name -> name.startsWith("LISTEN_"));
    if (System.getProperty("sun.jnu.encoding", "").equals("ANSI_X3.4-1968")) {
      environment.remove("LC_ALL");
      environment.putAll(Map.of("LANG", "C", "LC_CTYPE", "C.UTF-8"));
    }
  }

  /** The beginning of a command line for one more of us, started in the way in which this one was started. */
  static List<String> again() {
    String script = System.getProperty(Caches.LAUNCHER);
    return script != null ? List.of(script) : java(System.getProperty("java.home"), Lib.jars());
  }

  private static List<String> java(String javaHome, List<Path> jars) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(javaHome, "bin", "java").toString());
    command.addAll(FLAGS);
    command.add("-cp");
    command.add(
        jars.stream()
            .map(jar -> jar.toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(CommandMain.class.getName());
    return command;
  }
}
