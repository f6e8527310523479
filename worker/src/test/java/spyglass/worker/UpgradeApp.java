package spyglass.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import spyglass.http.App;
import spyglass.http.RawConnection;
import spyglass.http.Response;
import spyglass.http.Upgrade;

/** An app that leaves HTTP at {@code /echo}, and a request that asks it to. */
final class UpgradeApp {

  static final String ASK =
      "GET /echo HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: echo/1, other\r\n\r\n";

  /** Sends back what it gets, and says goodbye when there will be no more. */
  static final Upgrade ECHO =
      connection -> {
        byte[] piece = new byte[4096];
        int count = connection.in().read(piece);
        while (count >= 0) {
          connection.out().write(piece, 0, count);
          connection.out().flush();
          count = connection.in().read(piece);
        }
        write(connection, "bye");
      };

  private UpgradeApp() {}

  static void write(RawConnection connection, String text) throws IOException {
    connection.out().write(text.getBytes(StandardCharsets.ISO_8859_1));
    connection.out().flush();
  }

  static App answering(Upgrade handler) {
    return request ->
        request.path().equals("/echo")
            ? Response.upgrade("echo/1", handler).withHeader("X-Greeting", "hello")
            : Response.text(request.path());
  }

  static TestWorker worker(Upgrade handler) throws IOException {
    return new TestWorker(answering(handler));
  }
}
