package examples.websocket;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Optional;
import spyglass.http.App;
import spyglass.http.RawConnection;
import spyglass.http.Request;
import spyglass.http.Response;

/**
 * Sends back every message of a WebSocket (RFC 6455). Open {@code http://localhost:4222/} in a
 * browser and type.
 *
 * <p>An open WebSocket keeps the app awake, however silent it is: close the page, and {@code
 * --timeout} seconds later only {@code spy-lookout} is left. Stop the server while the page is open,
 * and the page says 1001: going away.
 */
public final class Echo implements App {

  @Override
  public Response call(Request request) {
    return switch (request.path()) {
      case "/" -> page(request);
      case "/echo" -> Handshake.answer(request, Echo::converse);
      default -> Response.text(404, "Nothing here; the page is at / and the WebSocket at /echo\n");
    };
  }

  private static Response page(Request request) {
    return switch (request.method()) {
      case "GET", "HEAD" ->
          Response.html(Page.TEXT)
              .withHeader("Content-Security-Policy", Page.POLICY)
              .withHeader("X-Content-Type-Options", "nosniff");
      default -> Response.text(405, "A page is read (GET).\n").withHeader("Allow", "GET, HEAD");
    };
  }

  /** One WebSocket, from its handshake to its end; on a thread of its own. */
  static void converse(RawConnection connection) throws IOException {
    FrameWriter writer = new FrameWriter(connection.out());
    FrameReader reader = new FrameReader(new BufferedInputStream(connection.in()));
    Messages messages = new Messages(reader, writer);
    try {
      Optional<Message> message = messages.next();
      while (message.isPresent()) {
        writer.write(message.get().opcode(), message.get().payload());
        message = messages.next();
      }
    } catch (Failure e) {
      // Section 7.1.7: what cannot be understood cannot be gone on from. The client is told why.
      writer.close(e.code(), e.reason());
    }
  }
}
