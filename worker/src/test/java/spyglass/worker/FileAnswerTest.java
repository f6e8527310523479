package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import spyglass.http.App;
import spyglass.http.BadRequest;
import spyglass.http.Body;
import spyglass.http.Headers;
import spyglass.http.Request;
import spyglass.http.Response;
import spyglass.http.proxy.Trust;

/** Files on their way to the wire, and what an app can say by throwing. */
@Timeout(60)
class FileAnswerTest {

  @TempDir Path folder;

  private Path file(int kilobytes) throws IOException {
    return Files.writeString(folder.resolve("f"), "0123456789abcdef".repeat(64 * kilobytes));
  }

  private static Response part(Path file, long offset, long length) {
    return new Response(200, Headers.NONE, new Body.File(file, offset, length));
  }

  @Test
  void aFileLargerThanTheSocketsBufferArrivesWhole() throws IOException {
    Path file = file(8 << 10);
    try (TestWorker worker = new TestWorker(request -> part(file, 0, 8 << 20));
        Client client = worker.connect()) {
      assertEquals(Files.readString(file), client.get("/").body());
      assertEquals(8 << 20, client.get("/").body().length());
    }
  }

  @Test
  void aPartOfAFileIsSentAndNoMore() throws IOException {
    Path file = file(1);
    try (TestWorker worker = new TestWorker(request -> part(file, 3, 5));
        Client client = worker.connect()) {
      assertEquals("34567", client.get("/").body());
      assertEquals("34567", client.get("/").body());
    }
  }

  @Test
  void aClientOfAnyAppGetsTheBytesItAsksFor() throws IOException {
    Path file = file(1);
    String range = "Host: a\r\nRange: bytes=10-17\r\n\r\n";
    try (TestWorker worker = new TestWorker(request -> Response.file("text/plain", file));
        Client client = worker.connect()) {
      assertEquals("abcdef01", client.ask("GET / HTTP/1.1\r\n" + range).body());
      assertEquals(206, client.ask("GET / HTTP/1.1\r\n" + range).status());
      String beyond = range.replace("10-17", "1024-");
      assertEquals(416, client.ask("GET / HTTP/1.1\r\n" + beyond).status());
      assertEquals(Files.readString(file), client.get("/").body());
    }
  }

  @Test
  void aFileThatIsNotThereIsA500() throws IOException {
    Path missing = folder.resolve("missing");
    try (TestWorker worker = new TestWorker(request -> part(missing, 0, 5));
        Client client = worker.connect()) {
      assertEquals(500, client.get("/").status());
    }
  }

  @Test
  void aBadRequestFromTheAppBlamesTheClientAndKeepsTheConnection() throws IOException {
    try (TestWorker worker =
            new TestWorker(request -> {
              throw new BadRequest(422, "That is no date.");
            });
        Client client = worker.connect()) {
      assertEquals(422, client.get("/").status());
      assertEquals("That is no date.\n", client.get("/").body());
    }
  }

  @Test
  void anAppKnowsWhoAsks() throws IOException {
    try (TestWorker worker =
            new TestWorker(request ->
                Response.text(
                    request.peer().scheme() + " " + request.peer().host() + " " + ports(request)));
        Client client = worker.connect()) {
      assertTrue(client.get("/").body().matches("http 127\\.0\\.0\\.1 [0-9]+ [0-9]+"));
    }
  }

  private static String ports(Request request) {
    InetSocketAddress remote = (InetSocketAddress) request.peer().remote();
    InetSocketAddress local = (InetSocketAddress) request.peer().local();
    return remote.getPort() + " " + local.getPort();
  }

  @Test
  void aProxyIsBelievedIfItIsTrustedAndNobodyElse() throws IOException {
    String says = "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https";
    String forwarded = "GET / HTTP/1.1\r\nHost: a\r\n" + says + "\r\n\r\n";
    App app = request -> Response.text(request.peer().scheme() + " " + request.peer().host());
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      assertEquals("http 127.0.0.1", client.ask(forwarded).body());
    }
    Settings trusting = TestWorker.trusting(Trust.parse("127.0.0.0/8"));
    try (TestWorker worker = new TestWorker(trusting, app);
        Client client = worker.connect()) {
      assertEquals("https 192.0.2.7", client.ask(forwarded).body());
    }
  }
}
