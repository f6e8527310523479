package spyglass.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Descriptor 2 belongs to the whole process, so a process of its own does the talking. */
@Timeout(60)
class StderrTest {

  private static final int MANY = 500;

  /** More than a pipe holds, and what may wait for it. */
  private static final int TOO_MANY = 20_000;

  @TempDir private Path folder;

  /** The other process. */
  static final class Speaker {

    private Speaker() {}

    public static void main(String[] args) {
      Logger log = LoggerFactory.getLogger("some.where.Worker");
      if (args[0].equals("much")) {
        for (int i = 0; i < MANY; i++) {
          log.info("{} {}", i, "x".repeat(200));
        }
        return;
      }
      if (args[0].equals("too much")) {
        for (int i = 0; i < TOO_MANY; i++) {
          log.info("{} {}", i, "x".repeat(200));
        }
        System.exit(3);
      }
      if (args[0].equals("forged")) {
        String forged = "\r\n[1] [Master] forged \u001b[31m";
        log.info("GET /{}", "a\u009b31m" + forged);
        log.error("failed", new IllegalStateException("why" + forged, new IOException(forged)));
        return;
      }
      log.trace("traced");
      log.debug("debugged {}", 1);
      log.info("informed {} and {}", "\u00e4", null);
      log.warn("warned");
      log.error("failed", new IllegalStateException("why"));
      LoggerFactory.getLogger("event.Worker").trace("happened");
      LoggerFactory.getLogger("boot.Master").debug("started");
      LoggerFactory.getLogger("java.lang.ProcessBuilder").debug("the JDK's own");
      for (String other : List.of("jdk.event.security", "org.xnio.nio", "org.jboss.logging")) {
        LoggerFactory.getLogger(other).debug("of others");
      }
    }
  }

  private Process speak(Path log, int verbosity, String what) throws IOException {
    return speaker(verbosity, what).redirectError(Redirect.appendTo(log.toFile())).start();
  }

  private static ProcessBuilder speaker(int verbosity, String what) {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-Dslf4j.provider=" + StderrProvider.class.getName(),
        "-Dslf4j.internal.verbosity=WARN",
        "-D" + StderrProvider.VERBOSITY + "=" + verbosity,
        "-D" + StderrProvider.QUEUED + "=true",
        "-cp",
        System.getProperty("java.class.path"),
        Speaker.class.getName(),
        what);
  }

  private List<String> said(int verbosity) throws Exception {
    Path log = folder.resolve("log" + verbosity);
    Process process = speak(log, verbosity, "little");
    assertEquals(0, process.waitFor());
    String prefix = "[" + process.pid() + "] [Worker] ";
    return Files.readAllLines(log).stream()
        .filter(line -> !line.startsWith("\tat "))
        .map(line -> line.startsWith(prefix) ? line.substring(prefix.length()) : "! " + line)
        .toList();
  }

  @Test
  void aLineSaysWhoSpeaksAndHowBadItIs() throws Exception {
    List<String> matters =
        List.of(
            "informed \u00e4 and null",
            "warning: warned",
            "error: failed",
            "!   java.lang.IllegalStateException: why");
    assertEquals(matters, said(0));
  }

  @Test
  void moreIsSaidToWhoeverAsksForItAndOfTheJdksOwnAffairsLast() throws Exception {
    assertEquals("debugged 1", said(1).getFirst());
    assertEquals(List.of("traced", "debugged 1"), said(2).subList(0, 2));
    assertEquals("!   java.lang.IllegalStateException: why", said(2).getLast());
    assertEquals("happened", said(3).getLast());
    List<String> all = said(4);
    List<String> last = all.subList(all.indexOf("happened") + 1, all.size());
    assertEquals(
        List.of("[Master] started", "[ProcessBuilder] the JDK's own"),
        last.stream().limit(2).map(line -> line.replaceFirst("! \\[\\d+] ", "")).toList());
    assertEquals(3, last.stream().skip(2).filter(line -> line.endsWith("] of others")).count());
  }

  @Test
  void noMessageForgesALineOrSpeaksToATerminal() throws Exception {
    Path log = folder.resolve("forged");
    Process process = speak(log, 0, "forged");
    assertEquals(0, process.waitFor());
    String text = Files.readString(log);
    String mine = "[" + process.pid() + "] [Worker] ";
    List<String> starts = text.lines().filter(line -> !line.matches("[ \t].*")).toList();
    assertEquals(List.of(mine + "GET /a\\u009b31m", mine + "error: failed"), starts);
    assertTrue(text.contains("\n  [1] [Master] forged \\x1b[31m\n"), text);
    assertTrue(text.contains("\n  Caused by: java.io.IOException: \n"), text);
    assertTrue(text.chars().allMatch(c -> c == '\n' || Plain.isPlain((char) c)), text);
  }

  @Test
  void processesThatShareALogDoNotBreakEachOthersLines() throws Exception {
    Path log = folder.resolve("shared");
    List<Process> speakers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      speakers.add(speak(log, 0, "much"));
    }
    for (Process speaker : speakers) {
      assertEquals(0, speaker.waitFor());
    }
    List<String> lines = Files.readAllLines(log);
    assertEquals(2 * MANY, lines.size());
    String whole = "\\[\\d+] \\[Worker] \\d+ x{200}";
    assertTrue(lines.stream().allMatch(line -> line.matches(whole)));
  }

  @Test
  void aProcessWhoseLogNobodyReadsEndsAllTheSame() throws Exception {
    Process process = speaker(0, "too much").redirectError(Redirect.PIPE).start();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it waits for its reader");
    assertEquals(3, process.exitValue());
    List<String> read = process.errorReader().lines().toList();
    assertTrue(read.size() > 100 && read.size() < TOO_MANY, read.size() + " lines");
    for (int i = 0; i < read.size() - 1; i++) {
      assertTrue(read.get(i).contains("[Worker] " + i + " "), read.get(i));
    }
  }

  @Test
  void aFullDiskIsNoReasonToStop() throws Exception {
    assertEquals(3, speak(Path.of("/dev/full"), 0, "too much").waitFor());
  }

  @Test
  void aReaderThatIsGoneIsNoReasonToStop() throws Exception {
    Process process = speaker(0, "too much").redirectError(Redirect.PIPE).start();
    process.getErrorStream().close();
    assertEquals(3, process.waitFor());
  }
}
