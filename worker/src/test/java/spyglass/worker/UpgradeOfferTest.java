package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static spyglass.worker.UpgradeApp.ASK;
import static spyglass.worker.UpgradeApp.ECHO;
import static spyglass.worker.UpgradeApp.worker;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spyglass.http.App;
import spyglass.http.Response;

/** When a connection may leave HTTP, and when it stays. */
@Timeout(60)
class UpgradeOfferTest {

  @ParameterizedTest
  @CsvSource({
    "GET,  1.1, 'A: b'",
    "GET,  1.1, 'Upgrade: echo/1'",
    "GET,  1.1, 'Connection: upgrade'",
    "GET,  1.1, 'Connection: upgrade|Upgrade: echo/2'",
    "GET,  1.0, 'Connection: upgrade|Upgrade: echo/1'",
    "POST, 1.1, 'Connection: upgrade|Upgrade: echo/1|Content-Length: 1||x'",
    "POST, 1.1, 'Connection: upgrade|Upgrade: echo/1|Transfer-Encoding: chunked||0|'",
  })
  void anUpgradeNobodyAskedForIsTheAppsErrorAndTheClientGets500(
      String method, String version, String fields) throws IOException {
    String request = method + " /echo HTTP/" + version + "|Host: a|" + fields + "||";
    try (TestWorker worker = worker(ECHO);
        Client client = worker.connect()) {
      assertEquals(500, client.ask(request.replace("|", "\r\n")).status());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void a101WithoutAHandlerAndAHandlerWithoutA101AreTheAppsErrorToo() throws IOException {
    try (TestWorker worker =
            new TestWorker(request ->
                request.path().equals("/echo")
                    ? Response.of(101)
                    : Response.upgrade("echo/1", ECHO).withStatus(200));
        Client one = worker.connect();
        Client two = worker.connect()) {
      assertEquals(500, one.ask(ASK).status());
      assertEquals(500, two.ask(ASK.replace("/echo ", "/ ")).status());
    }
  }

  @Test
  void aClientThatWasNotUpgradedGoesOnWithHttp() throws IOException {
    try (TestWorker worker = worker(ECHO);
        Client client = worker.connect()) {
      assertEquals("/no", client.ask(ASK.replace("/echo ", "/no ")).body());
      assertEquals("/yes", client.get("/yes").body());
    }
  }

  @Test
  void a426NamesTheProtocolItDemands() throws IOException {
    App app = request -> Response.text(426, "later").withHeader("Upgrade", "echo/1");
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      Answer answer = client.get("/");
      assertEquals("echo/1", answer.field("upgrade"));
      assertEquals("Upgrade", answer.field("connection"));
      assertEquals(426, client.get("/").status());
    }
  }
}
