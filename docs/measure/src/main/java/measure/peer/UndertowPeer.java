package measure.peer;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import org.xnio.Options;

/** Undertow, with as many threads as it likes. */
final class UndertowPeer {

  private static final int BACKLOG = 1024;

  private UndertowPeer() {}

  public static void main(String[] args) {
    Undertow.builder()
        .setSocketOption(Options.BACKLOG, BACKLOG)
        .addHttpListener(Integer.parseInt(args[0]), "127.0.0.1")
        .setHandler(UndertowPeer::answer)
        .build()
        .start();
  }

  private static void answer(HttpServerExchange exchange) {
    if (exchange.getRequestMethod().equalToString("POST")) {
      exchange
          .getRequestReceiver()
          .receiveFullBytes((whole, bytes) -> send(whole, Answers.toPost(bytes.length)));
    } else {
      send(exchange, Answers.to(exchange.getRequestPath()));
    }
  }

  private static void send(HttpServerExchange exchange, byte[] body) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
    exchange.getResponseSender().send(ByteBuffer.wrap(body));
  }
}
