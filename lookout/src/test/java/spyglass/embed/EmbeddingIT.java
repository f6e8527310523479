package spyglass.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.e2e.Launcher;

/** What docs/embedding.md promises, and the program it shows, compiled and run. */
final class EmbeddingIT {

  @BeforeAll
  static void keepAppsOut() throws IOException {
    Launcher.keepAppsOut();
  }

  private static final Path ROOT =
      Path.of(System.getProperty("spyglass.root", "..")).toAbsolutePath().normalize();

  @TempDir private Path folder;

  private static Path example(String name) {
    return Path.of(Launcher.example(name));
  }

  private static ServerBuilder server() {
    return Spyglass.server()
        .launcher(ROOT.resolve("spyglass"))
        .option("host", "127.0.0.1")
        .port(0)
        .log(line -> {});
  }

  private static String ask(InetSocketAddress address, String line) throws IOException {
    try (Socket client = new Socket(address.getAddress(), address.getPort())) {
      client.setSoTimeout(15_000);
      client.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aServerListensWhenStartReturnsAndIsGoneWhenItIsClosed() throws Exception {
    ProcessHandle lookout;
    try (RunningServer server = server().workers(1).app(example("hello")).start()) {
      lookout = ProcessHandle.of(server.pid()).orElseThrow();
      InetSocketAddress address = (InetSocketAddress) server.address();
      String answer = ask(address, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertEquals(0, server.stop());
      assertEquals(0, server.stop());
    }
    assertFalse(lookout.isAlive());
  }

  @Test
  void aMistakeIsThrownInTheServersOwnWords() {
    IOException e =
        assertThrows(
            IOException.class, () -> server().option("workers", "x").app(example("hello")).start());
    assertEquals(
        "the server did not start: spyglass: --workers x: give a whole number from 1 to 256",
        e.getMessage());
  }

  @Test
  void theProgramOfTheDocumentServesItsProtocolAndPassesOnWhatItsUserTypes() throws Exception {
    Process program = myDns("--port=0", "--workers=1");
    try (BufferedReader said = program.inputReader()) {
      InetSocketAddress address = address(said.readLine());
      assertEquals("hello\n", ask(address, "hello\n"));
      program.getOutputStream().close();
      assertTrue(program.waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, program.exitValue());
      assertThrows(IOException.class, () -> ask(address, "hello\n"));
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void aServerWhoseProgramIsKilledLeavesByItself() throws Exception {
    Process program = myDns("--port=0", "--workers=1");
    try (BufferedReader said = program.inputReader()) {
      address(said.readLine());
      Optional<ProcessHandle> lookout = program.children().findFirst();
      program.destroyForcibly();
      lookout.orElseThrow().onExit().get(20, TimeUnit.SECONDS);
    } finally {
      program.destroyForcibly();
    }
  }

  /** As in somebody's test: each jar in a folder of its own, as Maven keeps it, and no script anywhere. */
  @Test
  void aProgramThatHasOurJarsOnItsClassPathNeedsNoScript() throws Exception {
    String jars = asMavenKeepsThem(ROOT.resolve("lookout/target/lib"));
    String code =
        """
        import java.net.InetSocketAddress;
        import java.net.URI;
        import spyglass.embed.RunningServer;
        import spyglass.embed.Spyglass;
        public final class Theirs {
          public static void main(String[] args) throws Exception {
            try (RunningServer server =
                Spyglass.server().app(java.nio.file.Path.of(args[0])).port(0)
                    .option("no-cache", "true").start()) {
              int port = ((InetSocketAddress) server.address()).getPort();
              URI uri = URI.create("http://127.0.0.1:" + port + "/");
              System.out.print(new String(uri.toURL().openStream().readAllBytes()));
            }
          }
        }
        """;
    Path source = Files.writeString(folder.resolve("Theirs.java"), code);
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", jars, "-proc:none", source.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            folder + ":" + jars,
            "Theirs",
            example("hello").toString());
    Launcher.clean(builder.environment());
    Path log = folder.resolve("log");
    Process program = builder.redirectError(log.toFile()).start();
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, program.waitFor(), () -> said(log));
    assertEquals("Hello from Spyglass.\n", said, () -> said(log));
  }

  private static String said(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private String asMavenKeepsThem(Path lib) throws IOException {
    List<String> jars = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(lib, "*.jar")) {
      for (Path jar : all) {
        String file = jar.getFileName().toString();
        Path place =
            Files.createDirectories(folder.resolve("spyglass/" + file.replace(".jar", "")));
        jars.add(Files.copy(jar, place.resolve(file)).toString());
      }
    }
    return String.join(":", jars);
  }

  private static InetSocketAddress address(String line) {
    Matcher matcher = Pattern.compile("mydns /127.0.0.1:(\\d+)").matcher(String.valueOf(line));
    assertTrue(matcher.matches(), () -> "no address: " + line);
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), Integer.parseInt(matcher.group(1)));
  }

  private Process myDns(String... typed) throws IOException {
    String document = Files.readString(ROOT.resolve("docs/embedding.md"));
    Matcher code = Pattern.compile("(?s)```java\n(import .*?)```").matcher(document);
    assertTrue(code.find());
    Path source = Files.writeString(folder.resolve("MyDns.java"), code.group(1));
    String classes = ROOT.resolve("lookout/target/classes").toString();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classes, "-proc:none", source.toString());
    assertEquals(0, status);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            folder + ":" + classes,
            "-Dmydns.launcher=" + ROOT.resolve("spyglass"),
            "-Dmydns.jar=" + example("line-echo"),
            "MyDns");
    builder.command().addAll(List.of(typed));
    Launcher.clean(builder.environment());
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
