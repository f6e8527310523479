package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.config.Misuse;

/** {@code spyglass unit}, read by systemd itself where it is installed. */
class UnitFileTest {

  private static final Path ROOT =
      Path.of(System.getProperty("spyglass.root", "..")).toAbsolutePath().normalize();
  private static final String HELLO = ROOT.resolve("examples/hello/target/hello.jar").toString();

  /** The beginning of the second file. */
  private static final String SECOND = "\n# /etc/systemd/system/";

  @TempDir private Path folder;

  private static String unit(String... options) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] args = new String[options.length + 2];
    args[0] = "unit";
    System.arraycopy(options, 0, args, 1, options.length);
    args[options.length + 1] = HELLO;
    // The environment is not systemd's.
    new CommandMain(
            Map.of("SPYGLASS_PORT", "7"), new PrintStream(out, true, StandardCharsets.UTF_8))
        .run(args);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String misuse(String... options) {
    return String.valueOf(assertThrows(Misuse.class, () -> unit(options)).getMessage());
  }

  @Test
  void theSocketUnitListensAndTheServiceHasTheOtherOptionsAsTyped() throws Exception {
    String text = unit("--port=80", "--workers", "3", "-vv", "--drain=20", "--config=/dev/null");
    assertTrue(text.contains("\nListenStream=127.0.0.1:80\n"), text);
    assertTrue(
        text.contains("--workers=3 \\\n  --verbose=2 \\\n  --drain=20 \\\n  --config=/dev/null"),
        text);
    assertFalse(text.contains("--port"), text);
    assertTrue(text.contains("\nTimeoutStopSec=30\n"), text);
    assertTrue(text.contains("\nDynamicUser=yes\n"), text);
    assertTrue(unit("--listen=[::1]:81").contains("\nListenStream=[::1]:81\n"));
    String unix = unit("--listen=unix:/run/a.sock", "--user=www", "--group=web");
    assertTrue(unix.contains("\nListenStream=/run/a.sock\nSocketMode=0660\nSocketUser=www\n"));
    assertTrue(unix.contains("\nUser=www\nGroup=web\n") && !unix.contains("DynamicUser"), unix);
  }

  @Test
  void whatMeansSomethingToSystemdIsQuoted() throws Exception {
    String text = unit("--cache=/a b\"c\\\\%h$x");
    assertTrue(text.contains("\"--cache=/a b\\\"c\\\\\\\\%%h$$x\""), text);
  }

  @Test
  void aFolderThatIsNamedMayBeWrittenToAndTheOthersAreMade() throws Exception {
    String text = unit("--data=/srv/x", "--name=shop");
    assertTrue(text.startsWith("# /etc/systemd/system/shop.service\n"), text);
    assertTrue(text.contains("\nReadWritePaths=/srv/x\n") && !text.contains("StateDir"), text);
    assertTrue(text.contains("--run=%t/spyglass-shop"), text);
    assertTrue(text.contains("\nRuntimeDirectory=spyglass-shop\n"), text);
  }

  @Test
  void whatSystemdDoesItselfIsNotForTheServer() throws Exception {
    assertTrue(misuse("--log-file=x").contains("systemd does that by itself: leave it out"));
    assertTrue(misuse("--port=0").contains("systemd cannot choose a port"));
    Path file = Files.writeString(folder.resolve("f.properties"), "port=80\n");
    assertTrue(misuse("--config=" + file).contains("type it here"));
  }

  @Test
  void systemdCanReadBoth() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")));
    String text =
        unit("--port=80", "--cache=/a b%$").replaceFirst("ExecStart=\\S+", "ExecStart=/bin/true");
    int second = text.indexOf(SECOND);
    Path service = Files.writeString(folder.resolve("hello.service"), text.substring(0, second));
    Path socket = Files.writeString(folder.resolve("hello.socket"), text.substring(second));
    Process verify =
        new ProcessBuilder("systemd-analyze", "verify", service.toString(), socket.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, verify.waitFor(), said);
    assertEquals(
        "",
        said.lines().filter(line -> line.contains("hello.")).toList().toString().replace("[]", ""));
  }
}
