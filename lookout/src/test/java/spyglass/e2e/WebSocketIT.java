package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JDK's own WebSocket client against the example: somebody else's reading of RFC 6455. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class WebSocketIT {

  private static final String ECHO = Launcher.example("websocket");

  /** Notes what it hears, one line for each message. */
  private static final class Ear implements WebSocket.Listener {
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        heard.add("text " + text);
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(socket, data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      while (data.hasRemaining()) {
        bytes.write(data.get());
      }
      if (last) {
        heard.add("binary " + bytes.toString(StandardCharsets.ISO_8859_1));
        bytes.reset();
      }
      return WebSocket.Listener.super.onBinary(socket, data, last);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
      heard.add("pong " + StandardCharsets.ISO_8859_1.decode(data));
      return WebSocket.Listener.super.onPong(socket, data);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("close " + code);
      return WebSocket.Listener.super.onClose(socket, code, reason);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      heard.add("error " + error);
    }

    private String next() throws InterruptedException {
      return String.valueOf(heard.poll(15, TimeUnit.SECONDS));
    }
  }

  private static WebSocket connect(HttpClient client, Tree tree, Ear ear) {
    URI echo = URI.create("ws://127.0.0.1:" + tree.port() + "/echo");
    return client.newWebSocketBuilder().buildAsync(echo, ear).join();
  }

  @Test
  void texts_bytes_pieces_and_pings_come_back_and_a_close_is_answered() throws Exception {
    try (Tree tree = Tree.of(ECHO);
        HttpClient client = HttpClient.newHttpClient()) {
      Ear ear = new Ear();
      WebSocket socket = connect(client, tree, ear);
      socket.sendText("hello, \u20ac and \ud83d\ude00", true).join();
      assertEquals("text hello, \u20ac and \ud83d\ude00", ear.next());
      socket.sendBinary(ByteBuffer.wrap(new byte[] {0, 'b', (byte) 0xff}), true).join();
      assertEquals("binary \0b\u00ff", ear.next());
      socket.sendText("in ", false).join();
      socket.sendPing(ByteBuffer.wrap(new byte[] {'p'})).join();
      socket.sendText("pieces", true).join();
      assertEquals("pong p", ear.next());
      assertEquals("text in pieces", ear.next());
      String large = "x".repeat(1 << 20);
      socket.sendText(large, true).join();
      assertEquals("text " + large, ear.next());
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "done").join();
      assertEquals("close 1000", ear.next());
    }
  }

  @Test
  void a_message_that_is_too_large_is_refused_with_the_right_code() throws Exception {
    try (Tree tree = Tree.of(ECHO);
        HttpClient client = HttpClient.newHttpClient()) {
      Ear ear = new Ear();
      WebSocket socket = connect(client, tree, ear);
      // It may not even be sent to its end, so nobody waits for that.
      CompletionStage<WebSocket> sent = socket.sendText("x".repeat((1 << 20) + 1), true);
      assertEquals("close 1009", ear.next(), sent::toString);
    }
  }

  @Test
  void an_open_WebSocket_keeps_the_tree_awake_and_it_sleeps_when_that_is_closed() throws Exception {
    try (Tree tree = Tree.of("--timeout", "1", ECHO);
        HttpClient client = HttpClient.newHttpClient()) {
      Ear ear = new Ear();
      WebSocket socket = connect(client, tree, ear);
      tree.awaitAwake(2);
      long master = tree.master();
      // This is the visitor's silence, not a wait for something: three times the timeout.
      Thread.sleep(3000);
      socket.sendText("still there?", true).join();
      assertEquals("text still there?", ear.next());
      assertEquals(master, tree.master());
      assertEquals(1, tree.countInLog("somebody is there: waking"));
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      assertEquals("close 1000", ear.next());
      tree.awaitAsleep();
    }
  }

  @Test
  void TERM_to_the_lookout_says_goodbye_to_an_open_WebSocket_and_then_all_end_well()
      throws Exception {
    try (Tree tree = Tree.of(ECHO);
        HttpClient client = HttpClient.newHttpClient()) {
      Ear ear = new Ear();
      WebSocket socket = connect(client, tree, ear);
      Proc.kill("TERM", tree.lookout());
      assertEquals("close 1001", ear.next());
      assertEquals(0, tree.awaitEnd());
      assertTrue(socket.isInputClosed());
    }
  }
}
