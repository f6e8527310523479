package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same server behind a file instead of a port. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class UnixSocketIT {

  private static final String HELLO = Launcher.example("hello");
  private static final String WHO =
      """
      public Response call(Request request) {
        Peer peer = request.peer();
        return Response.text(peer.host() + " " + peer.scheme() + " " + request.authority());
      }
      """;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("app.sock");
  }

  private String address() {
    return "unix:" + file();
  }

  private String get(String fields) throws IOException {
    return send("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "Connection: close\r\n\r\n");
  }

  private String send(String latin1) throws IOException {
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(file()))) {
      client.write(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)));
      byte[] all = Channels.newInputStream(client).readAllBytes();
      return new String(all, StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void it_wakes_answers_sleeps_wakes_again_and_takes_its_file_along_at_the_end() throws Exception {
    try (Tree tree = Tree.on(address(), "--timeout", "1", HELLO)) {
      for (int i = 0; i < 2; i++) {
        assertTrue(get("").endsWith("\r\n\r\nHello from Spyglass.\n"));
        tree.awaitAsleep();
      }
      assertTrue(Files.exists(file()));
    }
    assertFalse(Files.exists(file()));
  }

  @Test
  void the_file_has_the_permissions_asked_for_whatever_the_umask() throws Exception {
    try (Tree tree = Tree.on(address(), HELLO)) {
      assertEquals("rw-rw----", permissions());
      assertEquals(1, tree.all().size());
    }
    try (Tree tree = Tree.on(address(), "--listen-mode", "0606", HELLO)) {
      assertEquals("rw----rw-", permissions());
      assertEquals(1, tree.all().size());
    }
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file()));
  }

  @Test
  void a_file_that_a_killed_server_has_left_is_replaced_and_a_strangers_file_is_not_removed()
      throws Exception {
    left();
    try (Tree tree = Tree.on(address(), HELLO)) {
      assertTrue(get("").startsWith("HTTP/1.1 200 "));
      Files.delete(file());
      left();
      tree.awaitAwake(2);
    }
    assertTrue(Files.exists(file()));
  }

  /** Listens and closes, which removes no file. */
  private void left() throws IOException {
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(file()))
        .close();
  }

  @Test
  void a_live_socket_another_file_and_a_missing_folder_are_mistakes() throws Exception {
    String file = file().toString();
    try (ServerSocketChannel held = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      held.bind(UnixDomainSocketAddress.of(file()));
      String us = "java, pid " + ProcessHandle.current().pid();
      refused("--listen unix:" + file + " is in use by " + us, "end that", address());
    }
    Files.delete(file());
    Files.createFile(file());
    refused("--listen unix:" + file + " is a file, and no socket", "remove it", address());
    refused("there is no folder " + folder + "/no", "make it", "unix:" + folder + "/no/app.sock");
    refused("a path of 107 bytes", "choose a shorter", "unix:" + "x".repeat(107));
  }

  @Test
  void mistakes_about_where_to_listen() throws Exception {
    refused("--listen unix: names no file", "give a path", "unix:");
    refused("--listen here: ", "give a port", "here");
    refused("--listen ::1:80: ", "[::1]:4222", "::1:80");
    refused("--listen :80: ", "give a port", ":80");
    refused("--listen [::1]:65536: port 65536: ", "from 0 to 65535", "[::1]:65536");
    refused("--listen 192.0.2.1:0 is not an address of this", "give one", "192.0.2.1:0");
    refused("--listen 1 and --port: ", "one or the other", "1", "--port", "2");
    refused("--listen unix:x and --host: ", "one or the other", "unix:x", "--host", "a");
    refused("--listen-mode 66: ", "three octal digits", "unix:x", "--listen-mode", "66");
    refused("--listen-mode 660: ", "unix:PATH only", "1", "--listen-mode", "660");
    refused("--listen-group daemon: ", "unix:PATH only", "1", "--listen-group", "daemon");
    refused("--listen-group who: ", "no such group", address(), "--listen-group", "who");
  }

  private static void refused(String culprit, String remedy, String address, String... more)
      throws Exception {
    String[] args =
        Stream.concat(Stream.of("--listen", address, HELLO), Stream.of(more))
            .toArray(String[]::new);
    Launcher.refused(Launcher.start(Map.of(), args), culprit, remedy);
  }

  @Test
  void an_app_that_does_not_start_gives_503() throws Exception {
    String jar = TestJar.withNever(folder);
    try (Tree tree = Tree.on(address(), jar)) {
      assertTrue(get("").startsWith("HTTP/1.1 503 "));
      tree.awaitLog(line -> line.contains("not today"), "the reason");
    }
  }

  @Test
  void whoever_comes_over_the_socket_is_believed_only_if_told_so() throws Exception {
    String jar = TestJar.withApp(folder, "Who", WHO);
    String fields =
        "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: shop\r\n";
    try (Tree tree = Tree.on(address(), jar)) {
      assertTrue(get(fields).endsWith("\r\n\r\nunix: http a"));
      assertEquals(0, tree.countInLog("error"));
    }
    try (Tree tree = Tree.on(address(), "--trust", "unix", jar)) {
      assertTrue(get(fields).endsWith("\r\n\r\n192.0.2.1 https shop"));
      assertEquals(0, tree.countInLog("error"));
    }
  }

  @Test
  void a_websocket_is_served_though_this_socket_knows_no_signs_of_life() throws Exception {
    String handshake =
        String.join(
            "\r\n",
            "GET /echo HTTP/1.1",
            "Host: a",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "\r\n");
    String hiAndGoodbye = "\u0081\u0082\0\0\0\0hi\u0088\u0080\0\0\0\0";
    try (Tree tree = Tree.on(address(), "--timeout", "1", Launcher.example("websocket"))) {
      String answer = send(handshake + hiAndGoodbye);
      assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
      assertTrue(answer.contains("\r\n\r\n\u0081\u0002hi\u0088"), answer);
      tree.awaitAsleep();
    }
  }

  @Test
  void with_the_PROXY_protocol_a_connection_says_whose_it_is_or_is_closed() throws Exception {
    String jar = TestJar.withApp(folder, "Who", WHO);
    String request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    try (Tree tree = Tree.on(address(), "--proxy-protocol", jar)) {
      String told = send("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n" + request);
      assertTrue(told.endsWith("\r\n\r\n192.0.2.1 http a"), told);
      String unknown = send("PROXY UNKNOWN\r\n" + request);
      assertTrue(unknown.endsWith("\r\n\r\nunix: http a"), unknown);
      assertEquals("", send("rubbish"));
      tree.awaitLog(line -> line.contains("does not begin with a PROXY header"), "the reason");
    }
  }
}
