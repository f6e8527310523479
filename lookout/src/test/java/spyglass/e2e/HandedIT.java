package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else watches the socket: systemd or inetd, and asleep there is no process of ours. */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class HandedIT {

  private static final String ACTIVATE = "systemd-socket-activate";
  private static final String HELLO = Launcher.example("hello");

  @TempDir private Path folder;

  private static List<String> activate(String kind, String address, String... command) {
    assumeTrue(Started.isInstalled(ACTIVATE));
    List<String> all = new ArrayList<>(List.of(ACTIVATE, "--listen=" + address));
    // These it passes on, and no others.
    for (String variable :
        List.of(
            "E2E_OF_SPYGLASS",
            "SPYGLASS_JAVA_HOME",
            "SPYGLASS_CACHE",
            "SPYGLASS_DATA",
            "SPYGLASS_RUN",
            "PATH")) {
      all.add("--setenv=" + variable);
    }
    if (!kind.isEmpty()) {
      all.add(kind);
    }
    all.addAll(List.of(command));
    return all;
  }

  /** It watches once and then becomes what it starts, so each wake needs another one. */
  @ParameterizedTest
  @ValueSource(strings = {"", "--inetd"})
  void systemd_starts_it_for_a_visitor_and_nothing_is_left_when_he_has_gone(String kind)
      throws Exception {
    int port = Started.freePort();
    for (int wake = 0; wake < 2; wake++) {
      try (Started server =
          Started.by(
              activate(kind, "127.0.0.1:" + port, Launcher.script(), "-v", "--timeout=1", HELLO))) {
        server.awaitLog("Listening on");
        assertEquals(List.of(), server.ours());
        assertEquals(200, Client.get(port, "/").status());
        assertEquals(0, server.awaitEnd());
        assertTrue(server.count("[" + server.pid() + "] [Lookout] watching") > 0, server.log());
        assertEquals(1, server.count("listening on http://127.0.0.1:" + port));
      }
    }
  }

  @Test
  void systemd_hands_over_a_unix_socket_and_its_file_is_not_ours_to_remove() throws Exception {
    Path file = folder.resolve("app.sock");
    try (Started server =
        Started.by(activate("", file.toString(), Launcher.script(), "-v", "--timeout=1", HELLO))) {
      server.awaitLog("Listening on");
      try (var client = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
        client.write(ByteBuffer.wrap("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertTrue(client.read(ByteBuffer.allocate(9)) > 0);
      }
      assertEquals(0, server.awaitEnd());
      assertTrue(Files.exists(file));
    }
  }

  @Test
  void an_address_beside_the_socket_two_sockets_or_no_stream_are_mistakes() throws Exception {
    int port = Started.freePort();
    String here = "127.0.0.1:" + port;
    String script = Launcher.script();
    refused(
        port,
        activate("", here, script, "--port=1", HELLO),
        "--port 1: descriptor 0 is a listening");
    List<String> two = activate("", here, script, HELLO);
    two.add(1, "--listen=127.0.0.1:" + Started.freePort());
    refused(port, two, "LISTEN_FDS=2: one server has one address");
    refused(port, activate("--datagram", here, script, HELLO), "no listening stream socket");
  }

  /** It is told, and then some time passes, or systemd would start it again at once, and again. */
  private static void refused(int port, List<String> command, String why) throws Exception {
    try (Started server = Started.by(command)) {
      server.awaitLog("Listening on");
      if (command.contains("--datagram")) {
        try (DatagramSocket visitor = new DatagramSocket()) {
          visitor.send(new DatagramPacket(new byte[1], 1, InetAddress.getLoopbackAddress(), port));
        }
      } else {
        new Client(port).close();
      }
      server.awaitLog(why);
      assertEquals(List.of(), server.ours());
      assertFalse(server.all().isEmpty(), "it does not end at once");
    }
  }

  @Test
  void without_a_log_file_nobody_could_hear_it_under_inetd_and_so_it_ends() throws Exception {
    int port = Started.freePort();
    String shell = "exec \"$0\" \"$1\" 2>&0";
    try (Started server =
            Started.by(
                activate(
                    "--inetd", "127.0.0.1:" + port, "sh", "-c", shell, Launcher.script(), HELLO));
        Client client = await(server, port)) {
      client.ask("/");
      assertEquals(100, server.awaitEnd());
    }
  }

  private static Client await(Started server, int port) throws IOException {
    server.awaitLog("Listening on");
    return new Client(port);
  }

  private Started inetd(int port, Path log, String... arguments) throws IOException {
    assumeTrue(Started.isRoot() && Started.isInstalled("inetd"));
    Path conf =
        Files.writeString(
            folder.resolve("inetd.conf"),
            "127.0.0.1:%d stream tcp wait root %s spyglass --log-file=%s %s\n"
                .formatted(port, Launcher.script(), log, String.join(" ", arguments)));
    return Started.by(List.of("inetd", "-i", conf.toString()), log);
  }

  @Test
  void inetd_starts_it_for_each_visitor_after_a_sleep() throws Exception {
    int port = Started.freePort();
    try (Started server = inetd(port, folder.resolve("log"), "-v", "--timeout=1", HELLO)) {
      server.await("inetd's socket", () -> isOpen(port));
      for (int wake = 1; wake <= 2; wake++) {
        assertEquals(200, Client.get(port, "/").status());
        server.await("sleep", () -> server.ours().isEmpty());
        assertEquals(List.of("inetd"), server.all().stream().map(Proc::name).toList());
      }
      // The connection that looked whether inetd listens was a visitor as well.
      long starts = server.count("[Server] listening on");
      assertTrue(starts == 2 || starts == 3, server.log());
    }
  }

  private static boolean isOpen(int port) {
    try {
      new Client(port).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void an_app_that_does_not_start_gives_503_and_does_not_make_inetd_spin() throws Exception {
    int port = Started.freePort();
    String jar = TestJar.withNever(folder);
    try (Started server = inetd(port, folder.resolve("log"), "-v", "--timeout=1", jar)) {
      server.await("inetd's socket", () -> isOpen(port));
      for (int visitor = 1; visitor <= 2; visitor++) {
        assertEquals(503, Client.get(port, "/").status());
      }
      server.awaitLog("not today");
      // The connection that looked whether inetd listens was a visitor as well.
      assertTrue(server.count("[Server] listening on") <= 3, server.log());
    }
  }

  /** The same tool listens for datagrams, too; it is also what hears that the server is ready. */
  @ParameterizedTest
  @ValueSource(strings = {"file", "abstract"})
  void systemd_is_told_that_it_is_ready(String kind) throws Exception {
    assumeTrue(Started.isInstalled(ACTIVATE));
    String address =
        kind.equals("file") ? folder.resolve("notify").toString() : "@" + UUID.randomUUID();
    Path heard = folder.resolve("heard");
    Process listening =
        new ProcessBuilder(
                ACTIVATE,
                "--datagram",
                "--listen=" + address,
                "sh",
                "-c",
                "exec dd bs=99 count=1 <&3")
            .redirectOutput(heard.toFile())
            .redirectError(folder.resolve("words").toFile())
            .start();
    try (Started server = ready(address)) {
      assertTrue(listening.waitFor(30, TimeUnit.SECONDS));
      assertEquals("READY=1", Files.readString(heard));
      server.await("a lookout", () -> server.named("spy-lookout").equals(List.of(server.pid())));
      String environ = Files.readString(Path.of("/proc/" + server.pid() + "/environ"));
      assertFalse(environ.contains("NOTIFY_SOCKET"), environ);
    } finally {
      listening.destroyForcibly();
    }
  }

  /** Started when whoever is to hear it listens. */
  private Started ready(String address) throws Exception {
    Path words = folder.resolve("words");
    Patience.await("a listener", 30, () -> read(words).contains("Listening on"), () -> read(words));
    return Started.by(
        List.of(
            "env", "NOTIFY_SOCKET=" + address, Launcher.script(), "--listen=127.0.0.1:0", HELLO));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
