package examples.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import spyglass.http.BadRequest;
import spyglass.http.Request;
import spyglass.http.Response;
import spyglass.http.Upgrade;

/**
 * How a WebSocket begins: as a request of HTTP (RFC 6455 section 4.2). The client's key has nothing
 * to do with secrets; the answer to it only proves that we know what a WebSocket is, so that nobody
 * else's server can be tricked into one.
 *
 * <p>A WebSocket whose answers are somebody's own, told by a cookie, must look at {@code Origin} as
 * well: browsers let any site's page connect to it (section 10.2). An echo has nothing to hide.
 */
final class Handshake {

  private static final String VERSION = "13";

  /** The same for everybody, from section 1.3: no server would make it up by chance. */
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final int KEY_BYTES = 16;

  private Handshake() {}

  /** Opens a WebSocket, or says what is missing for one. */
  static Response answer(Request request, Upgrade handler) {
    if (!request.method().equals("GET")) {
      return Response.text(405, "A WebSocket begins with GET.\n").withHeader("Allow", "GET");
    }
    if (!request.offersUpgrade("websocket")) {
      return required("This is a WebSocket: come with Upgrade: websocket.\n");
    }
    if (!request.headers().all("Sec-WebSocket-Version").equals(List.of(VERSION))) {
      return required("Only version 13 of the protocol is spoken here.\n")
          .withHeader("Sec-WebSocket-Version", VERSION);
    }
    return Response.upgrade("websocket", handler)
        .withHeader("Sec-WebSocket-Accept", accept(key(request)));
  }

  private static Response required(String words) {
    return Response.text(426, words).withHeader("Upgrade", "websocket");
  }

  private static String key(Request request) {
    List<String> keys = request.headers().all("Sec-WebSocket-Key");
    if (keys.size() != 1 || !isKey(keys.getFirst())) {
      throw new BadRequest(400, "Sec-WebSocket-Key is not 16 bytes in Base64.");
    }
    return keys.getFirst();
  }

  private static boolean isKey(String key) {
    try {
      byte[] bytes = Base64.getDecoder().decode(key);
      // Encoded again, because the decoder also takes a key without its padding.
      return bytes.length == KEY_BYTES && Base64.getEncoder().encodeToString(bytes).equals(key);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** SHA-1 is no protection any more, but here it need be none. */
  static String accept(String key) {
    try {
      byte[] proof = (key + MAGIC).getBytes(StandardCharsets.US_ASCII);
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(proof);
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
