package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

  private static final String TITLE = "Content-Disposition: form-data; name=\"title\"\r\n\r\n";
  private static final String FILE =
      """
      content-disposition: form-data; name=file; filename="C:\\temp\\\u20ac \\"1\\".txt"
      Content-Type: text/plain

      """
          .replace("\n", "\r\n");
  private static final String FORM =
      "preamble\r\n--B \t\r\n"
          + TITLE
          + "hello\r\n--B\r\n"
          + FILE
          + "\r\n--b\r\n-\r\r\n--B--\r\nend";

  /** A body that hands out at most so many bytes at once, as a network may. */
  private static RequestBody inPieces(byte[] bytes, int most) {
    RequestBody whole = RequestBody.of(bytes);
    return new RequestBody() {
      @Override
      public Headers trailers() {
        return Headers.NONE;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return whole.read(into, offset, Math.min(length, most));
      }
    };
  }

  private static Request request(String body, int most) {
    return Request.of("POST", "/")
        .withHeader("Content-Type", "multipart/form-data; boundary=B")
        .withBody(inPieces(body.getBytes(StandardCharsets.UTF_8), most));
  }

  private static List<String> read(Multipart form) throws IOException {
    List<String> parts = new ArrayList<>();
    for (Optional<Part> part = form.next(); part.isPresent(); part = form.next()) {
      Part it = part.get();
      parts.add(it.name() + "|" + it.filename().orElse("none") + "|" + it.text());
    }
    return parts;
  }

  private static int refusal(String body, Multipart.Limits limits) {
    Multipart form = request(body, 7).multipart(limits);
    return assertThrows(BadRequest.class, () -> read(form)).status();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 11, 1 << 20})
  void howeverItArrivesAFormHasTheSameParts(int most) throws Exception {
    assertEquals(
        List.of("title|none|hello", "file|\u20ac \"1\".txt|\r\n--b\r\n-\r"),
        read(request(FORM, most).multipart()));
  }

  /** What a form came to, a refusal included. */
  private static String outcome(String body, int most) throws IOException {
    try {
      return read(request(body, most).multipart()).toString();
    } catch (BadRequest e) {
      return e.toString();
    }
  }

  @Test
  void howeverItIsBrokenAFormMeansTheSameAtAnySplit() throws Exception {
    Random random = new Random(1);
    String alphabet = "\r\n-B: ;=\"\\x";
    for (int round = 0; round < 5_000; round++) {
      StringBuilder body = new StringBuilder(FORM);
      for (int i = random.nextInt(4); i >= 0; i--) {
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        int at = random.nextInt(body.length());
        switch (random.nextInt(3)) {
          case 0 -> body.setCharAt(at, c);
          case 1 -> body.insert(at, c);
          default -> body.deleteCharAt(at);
        }
      }
      String whole = outcome(body.toString(), 1 << 20);
      assertEquals(whole, outcome(body.toString(), 1 + random.nextInt(4)), body::toString);
    }
  }

  @Test
  void aPartThatNobodyReadsIsSkipped() throws Exception {
    Multipart form = request(FORM, 3).multipart();
    Part first = form.next().orElseThrow();
    assertEquals('h', first.content().read());
    Part second = form.next().orElseThrow();
    assertEquals(-1, first.content().read());
    assertEquals("text/plain", second.headers().first("content-type").orElseThrow());
    assertEquals(Optional.empty(), form.next());
    assertEquals(Optional.empty(), form.next());
  }

  @Test
  void contentLongerThanTheBufferComesWhole() throws Exception {
    String line = "\r\n--\r\n-B--\r";
    String content = line.repeat(5_000);
    for (int shift = 0; shift < line.length(); shift++) {
      String shifted = "x".repeat(shift) + content;
      String body = "--B\r\n" + TITLE + shifted + "\r\n--B--";
      Part part = request(body, 1 << 20).multipart().next().orElseThrow();
      assertEquals(shifted, part.text(1 << 20));
    }
  }

  @Test
  void anEmptyFormHasNoPartsAndAnEmptyPartNoBytes() throws Exception {
    assertEquals(List.of(), read(request("--B--\r\n", 1).multipart()));
    String empty = "--B\r\n" + TITLE + "\r\n--B--";
    assertEquals(List.of("title|none|"), read(request(empty, 1).multipart()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--B",
        "--B\r\n",
        "nothing",
        "--B\r\nA: b\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition : form-data; name=a\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=a\n\nx\r\n--B--",
        "--B\r\n\r\nx\r\n--B--",
        "--B\r\n" + TITLE + "x\r\n--BC\r\n",
        "--B\r\n" + TITLE + "x--B--"
      })
  void whatIsNoFormIsTheClientsMistake(String body) {
    assertEquals(400, refusal(body, Multipart.Limits.DEFAULT));
  }

  @Test
  void everySizeHasALimit() {
    assertEquals(413, refusal(FORM, new Multipart.Limits(1, 1000, 1000)));
    assertEquals(413, refusal(FORM, new Multipart.Limits(2, 60, 1000)));
    assertEquals(413, refusal(FORM, new Multipart.Limits(2, 1000, 4)));
    Multipart form = request(FORM, 9).multipart();
    assertThrows(BadRequest.class, () -> form.next().orElseThrow().text(4));
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain,                                     415",
    "multipart/mixed; boundary=B,                    415",
    "multipart/form-data,                            400",
    "multipart/form-data; boundary=\"\",             400",
    "multipart/form-data; boundary=\"B \",           400",
    "multipart/form-data; boundary=B; boundary=C,    400",
    "multipart/form-data; boundary=\u00e4,           400",
  })
  void aBodyWithoutABoundaryIsNotRead(String type, int status) {
    Request request = Request.of("POST", "/").withHeader("Content-Type", type);
    assertEquals(status, assertThrows(BadRequest.class, request::multipart).status());
  }

  @Test
  void aBodyThatBreaksOffIsNotTheAppsToExplain() {
    RequestBody broken =
        new RequestBody() {
          @Override
          public Headers trailers() {
            return Headers.NONE;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            throw new IOException("gone");
          }
        };
    Multipart form = request(FORM, 1).withBody(broken).multipart();
    assertThrows(IOException.class, form::next);
  }
}
