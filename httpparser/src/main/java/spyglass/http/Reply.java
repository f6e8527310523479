package spyglass.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How one answer goes onto the wire: its head as bytes, how its body is framed, and what becomes of
 * the connection. The app decides what is said; how it is framed is decided here alone, so that no
 * app can split an answer in two or hide one in another.
 *
 * @param head the status line and fields, the empty line included
 * @param framing what follows
 * @param close whether the connection ends after this answer
 */
@SuppressWarnings("ArrayRecordComponent") // made for one write, compared by nobody
public record Reply(byte[] head, Frame framing, boolean close) {

  /** How the end of an answer's body is told. */
  public sealed interface Frame {

    /** There is no body, whatever the app brought. */
    record None() implements Frame {}

    /**
     * A body of so many bytes.
     *
     * @param bytes as Content-Length says
     */
    record Length(long bytes) implements Frame {}

    /** Chunks. */
    record Chunks() implements Frame {}

    /** Whatever comes until the connection closes: what HTTP/1.0 has for streams. */
    record UntilClose() implements Frame {}
  }

  /** Fields that say how the message travels. They are the server's; an app's are dropped. */
  private static final List<String> HOP =
      List.of("Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Trailer", "Date");

  /**
   * Frames an app's answer.
   *
   * @param request the head it answers
   * @param response what the app returned
   * @param keep whether the server would keep the connection
   * @param date the value of the Date field
   * @throws IllegalArgumentException when the app's answer cannot be sent as it is: an impossible
   *     status, a field name that is no token, a line end in a value, an impossible Content-Length
   */
  public static Reply to(Head request, Response response, boolean keep, String date) {
    boolean upgrade = response.body() instanceof Body.Upgraded;
    if ((response.status() < 200 && !upgrade) || response.status() > 599) {
      throw new IllegalArgumentException("status " + response.status() + " is not 200 to 599");
    }
    FieldCheck.all(response.headers());
    Switching.check(request, response);
    Frame natural = natural(request, response);
    boolean until = natural instanceof Frame.UntilClose;
    boolean close =
        !keep || !request.persistent() || until || response.headers().lists("Connection", "close");
    boolean bodyless = request.method().equals("HEAD") || Status.bodyless(response.status());
    byte[] head = render(request, response, natural, close, date);
    return new Reply(head, bodyless ? new Frame.None() : natural, close);
  }

  /** What is said when an app fails. */
  public static final Refused FAILURE =
      new Refused(500, "The app failed; its server's log says why.");

  /**
   * A refusal, or another short answer of the server's own, after which the connection closes.
   *
   * @param headOnly whether the client asked for no more than a head
   */
  public static byte[] refusal(Refused refused, String date, boolean headOnly) {
    String body = refused.reason() + "\n";
    StringBuilder out = new StringBuilder(256);
    statusLine(out, refused.status());
    field(out, "Date", date);
    field(out, "Content-Type", "text/plain; charset=utf-8");
    field(out, "Content-Length", Integer.toString(body.length()));
    field(out, "Connection", "close");
    return latin1(out.append("\r\n").append(headOnly ? "" : body).toString());
  }

  /**
   * The 103 that tells fields before their answer (RFC 8297).
   *
   * @throws IllegalArgumentException when a field cannot be sent as it is, or must not be in a 103
   */
  public static byte[] hints(Headers fields) {
    FieldCheck.all(fields);
    StringBuilder out = new StringBuilder(256);
    statusLine(out, 103);
    for (Headers.Field field : fields) {
      if (isHop(field) || field.is("Content-Length")) {
        throw new IllegalArgumentException(field.name() + " cannot be hinted");
      }
      field(out, field.name(), field.value());
    }
    return latin1(out.append("\r\n").toString());
  }

  /** The frame the body of a GET would have: HEAD and GET must send the same fields. */
  private static Frame natural(Head request, Response response) {
    OptionalLong told = contentLength(response);
    if (response.status() == 205) {
      return new Frame.Length(0);
    }
    if (Status.bodyless(response.status())) {
      return told.isPresent() && response.status() == 304
          ? new Frame.Length(told.getAsLong())
          : new Frame.None();
    }
    if (told.isPresent()) {
      checkLength(request, response, told.getAsLong());
      return new Frame.Length(told.getAsLong());
    }
    Body body = response.body();
    if (body instanceof Body.Bytes bytes) {
      return new Frame.Length(bytes.content().length);
    }
    if (body instanceof Body.File file) {
      return new Frame.Length(file.length());
    }
    if (body instanceof Body.Stream) {
      return request.is11() ? new Frame.Chunks() : new Frame.UntilClose();
    }
    return new Frame.None();
  }

  /** A body longer or shorter than told would be read as the next answer, or would eat it. */
  private static void checkLength(Head request, Response response, long told) {
    long size = response.body().size().orElse(told);
    boolean leftOut = size == 0 && request.method().equals("HEAD");
    if (size != told && !leftOut) {
      throw new IllegalArgumentException("the response's Content-Length is not its body's");
    }
  }

  private static OptionalLong contentLength(Response response) {
    List<String> told = response.headers().all("Content-Length");
    if (told.isEmpty()) {
      return OptionalLong.empty();
    }
    String digits = told.getFirst();
    if (told.size() > 1 || !digits.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("the response's Content-Length is not one number");
    }
    return OptionalLong.of(Long.parseLong(digits));
  }

  private static byte[] render(
      Head request, Response response, Frame frame, boolean close, String date) {
    StringBuilder out = new StringBuilder(256);
    statusLine(out, response.status());
    field(out, "Date", date);
    for (Headers.Field field : response.headers()) {
      if (!isHop(field) && !field.is("Content-Length")) {
        field(out, field.name(), field.value());
      }
    }
    if (frame instanceof Frame.Length length) {
      out.append("Content-Length: ").append(length.bytes()).append("\r\n");
    } else if (frame instanceof Frame.Chunks) {
      field(out, "Transfer-Encoding", "chunked");
    }
    connection(out, request, response, close);
    return latin1(out.append("\r\n").toString());
  }

  private static boolean isHop(Headers.Field field) {
    for (String hop : HOP) {
      if (field.is(hop)) {
        return true;
      }
    }
    return false;
  }

  private static void connection(
      StringBuilder out, Head request, Response response, boolean close) {
    if (response.body() instanceof Body.Upgraded to) {
      field(out, "Upgrade", to.protocol());
      field(out, "Connection", "Upgrade");
      return;
    }
    String option = close ? "close" : request.is11() ? "" : "keep-alive";
    if (mayNameUpgrade(response.status()) && response.headers().has("Upgrade")) {
      field(out, "Upgrade", String.join(", ", response.headers().all("Upgrade")));
      option += option.isEmpty() ? "Upgrade" : ", Upgrade";
    }
    if (!option.isEmpty()) {
      field(out, "Connection", option);
    }
  }

  /** A 426 is of no use without the protocol it demands (RFC 9110 section 15.5.22). */
  static boolean mayNameUpgrade(int status) {
    return status == 426;
  }

  private static void statusLine(StringBuilder out, int status) {
    out.append("HTTP/1.1 ").append(status).append(' ').append(Status.reason(status)).append("\r\n");
  }

  private static void field(StringBuilder out, String name, String value) {
    out.append(name).append(": ").append(value).append("\r\n");
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What a byte array needs around it to be one chunk: the line before it. */
  public static byte[] chunkSize(int bytes) {
    return latin1(Integer.toHexString(bytes) + "\r\n");
  }

  /** What stands behind the last chunk of data. */
  public static byte[] lastChunk() {
    return latin1("0\r\n\r\n");
  }

  /** Told to a client that waits before it sends its body (RFC 9110 section 15.2.1). */
  public static byte[] goOn() {
    return latin1("HTTP/1.1 100 Continue\r\n\r\n");
  }

  /** Names of the fields that are the server's business, for {@link Lint}. */
  static List<String> serversFields() {
    return new ArrayList<>(HOP);
  }
}
