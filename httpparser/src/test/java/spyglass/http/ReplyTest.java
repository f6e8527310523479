package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

  private static final String DATE = "Thu, 01 Jan 1970 00:00:00 GMT";
  private static final Response HELLO = Response.text("hello");
  private static final Response STREAM = Response.stream("text/plain", out -> out.write('x'));

  private static Head request(String method, String version, String connection) {
    Headers headers = connection.isEmpty() ? Headers.NONE : Headers.of("Connection", connection);
    return new Head(method, "/", version, headers, Framing.NONE);
  }

  private static Reply reply(String method, String version, Response response) {
    return Reply.to(request(method, version, ""), response, true, DATE);
  }

  private static Reply reply(Response response) {
    return reply("GET", "HTTP/1.1", response);
  }

  private static String text(Reply reply) {
    return new String(reply.head(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void anAnswerIsAStatusLineThenFieldsThenAnEmptyLine() {
    assertEquals(
        "HTTP/1.1 200 OK\r\n"
            + ("Date: " + DATE + "\r\n")
            + "Content-Type: text/plain; charset=utf-8\r\n"
            + "Content-Length: 5\r\n\r\n",
        text(reply(HELLO)));
  }

  @Test
  void aStreamGoesInChunksToHttp11AndUntilTheCloseToHttp10() {
    assertEquals(new Reply.Frame.Chunks(), reply(STREAM).framing());
    assertTrue(text(reply(STREAM)).contains("Transfer-Encoding: chunked\r\n"));
    Reply old = Reply.to(request("GET", "HTTP/1.0", "keep-alive"), STREAM, true, DATE);
    assertEquals(new Reply.Frame.UntilClose(), old.framing());
    assertFalse(text(old).contains("Transfer-Encoding"));
    assertTrue(old.close());
  }

  @Test
  void aStreamWhoseLengthIsToldIsNotChunked() {
    Reply reply = reply(STREAM.withHeader("Content-Length", "1"));
    assertEquals(new Reply.Frame.Length(1), reply.framing());
    assertFalse(text(reply).contains("chunked"));
  }

  @Test
  void headGetsTheFieldsOfGetAndNoBody() {
    for (Response response : new Response[] {HELLO, STREAM}) {
      Reply head = reply("HEAD", "HTTP/1.1", response);
      assertEquals(text(reply(response)), text(head));
      assertEquals(new Reply.Frame.None(), head.framing());
    }
  }

  @ParameterizedTest
  @CsvSource({"204, ''", "205, 0", "304, ''"})
  void someStatusesNeverHaveABody(int status, String length) {
    for (Response response : new Response[] {HELLO, STREAM}) {
      Reply reply = reply(response.withStatus(status));
      assertEquals(new Reply.Frame.None(), reply.framing());
      assertFalse(text(reply).contains("Transfer-Encoding"));
      assertEquals(!length.isEmpty(), text(reply).contains("Content-Length: " + length + "\r\n"));
    }
  }

  @Test
  void a304MayTellTheLengthTheBodyWouldHave() {
    Reply reply = reply(Response.of(304).withHeader("Content-Length", "7"));
    assertTrue(text(reply).contains("Content-Length: 7\r\n"));
    assertEquals(new Reply.Frame.None(), reply.framing());
  }

  @Test
  void a204NeverTellsALength() {
    Reply reply = reply(Response.of(204).withHeader("Content-Length", "7"));
    assertFalse(text(reply).contains("Content-Length"));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, '',         true,  false, ''",
    "HTTP/1.1, keep-alive, true,  false, ''",
    "HTTP/1.1, Close,      true,  true,  close",
    "HTTP/1.1, '',         false, true,  close",
    "HTTP/1.0, '',         true,  true,  close",
    "HTTP/1.0, Keep-Alive, true,  false, keep-alive",
    "HTTP/1.0, Keep-Alive, false, true,  close",
  })
  void theConnectionLivesWhenBothSidesWantItTo(
      String version, String asked, boolean keep, boolean closes, String told) {
    Reply reply = Reply.to(request("GET", version, asked), HELLO, keep, DATE);
    assertEquals(closes, reply.close());
    assertEquals(!told.isEmpty(), text(reply).contains("\r\nConnection: " + told + "\r\n"));
  }

  @Test
  void anAppMayEndTheConnection() {
    Reply reply = reply(HELLO.withHeader("Connection", "close"));
    assertTrue(reply.close());
    assertEquals(2, text(reply).split("\r\nConnection: close\r\n", -1).length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"transfer-encoding", "Connection", "KEEP-ALIVE", "Upgrade", "Trailer", "Date"})
  void whatIsTheServersIsDroppedFromAnAppsFields(String name) {
    String head = text(reply(HELLO.withHeader(name, "of the app")));
    assertFalse(head.contains("of the app"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nB: c", "a\nb", "a\rb", "a\0b", "a\u007fb", "a\u0100b"})
  void aValueThatWouldEndItsLineIsRefused(String value) {
    Response response = HELLO.withHeader("X-A", value);
    assertThrows(IllegalArgumentException.class, () -> reply(response));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A B", "A:", "A\r\nB", "\u00e4"})
  void aNameThatIsNoTokenIsRefused(String name) {
    Response response = HELLO.withHeader(name, "v");
    assertThrows(IllegalArgumentException.class, () -> reply(response));
  }

  @Test
  void aValueBeyondAsciiGoesOutAsLatin1() {
    assertTrue(text(reply(HELLO.withHeader("X-A", "\u00e4\tb"))).contains("X-A: \u00e4\tb\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "5, 5", "0x5", "", "5 ", "99999999999999999999", "4", "6"})
  void aLengthThatIsNotTheBodysIsRefused(String length) {
    Response response = HELLO.withHeader("Content-Length", length);
    assertThrows(IllegalArgumentException.class, () -> reply(response));
  }

  @Test
  void twoLengthsAreRefusedThoughTheyAgree() {
    Response twice = HELLO.withHeader("Content-Length", "5").withHeader("content-length", "5");
    assertThrows(IllegalArgumentException.class, () -> reply(twice));
  }

  @Test
  void anAnswerToHeadMayTellTheLengthOfABodyItLeavesOut() {
    Response without = Response.of(200).withHeader("Content-Length", "5");
    Reply reply = reply("HEAD", "HTTP/1.1", without);
    assertTrue(text(reply).contains("Content-Length: 5\r\n"));
    assertThrows(IllegalArgumentException.class, () -> reply(without));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 100, 101, 199, 600})
  void anImpossibleStatusIsRefused(int status) {
    Response response = HELLO.withStatus(status);
    assertThrows(IllegalArgumentException.class, () -> reply(response));
  }

  @Test
  void aRefusalIsAWholeAnswerAndTheLast() {
    String answer =
        new String(
            Reply.refusal(new Refused(400, "No."), DATE, false), StandardCharsets.ISO_8859_1);
    assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request\r\n"), answer);
    assertTrue(answer.contains("\r\nContent-Length: 4\r\n"), answer);
    assertTrue(answer.endsWith("\r\nConnection: close\r\n\r\nNo.\n"), answer);
  }
}
