package spyglass.http;

import io.undertow.server.protocol.http.UndertowDoor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of requests, one after another, from a buffer that fills.
 *
 * <p>Three stations, each with one job: {@link Scan} finds the lines, undertow's parser (behind
 * {@link UndertowDoor}) judges their grammar and names method and version, and the rules of {@link
 * Target}, Host and {@link Framing} decide whether there is exactly one way to understand the
 * whole. The bytes that all three approved become the {@link Head}.
 *
 * <p>Not for several threads at once. Never throws for anything a client sends.
 */
public final class HttpParser {

  private static final Pattern EMPTY_PORT = Pattern.compile("(?i)[^ ]+ https?://[^/? ]+:[/? ]");

  private final Limits limits;
  private final HeadMemo memo;
  private final Scan scan;

  /** A parser for one connection. */
  public HttpParser(Limits limits) {
    this(limits, new HeadMemo());
  }

  /**
   * A parser for one connection of many.
   *
   * @param memo what all of them have found so far, under the same limits
   */
  public HttpParser(Limits limits, HeadMemo memo) {
    this.limits = limits;
    this.memo = memo;
    this.scan = new Scan(limits);
  }

  /**
   * Looks for a head between the buffer's position and its limit.
   *
   * @param in on {@link Head} its position is moved behind the head; otherwise it is not moved, and
   *     the next call must bring the same bytes and more
   * @return a head, a refusal, or {@link Parsed.More}; after a refusal this parser is of no more use
   */
  public Parsed parse(ByteBuffer in) {
    Refused refused = scan.look(in);
    if (refused != null) {
      return refused;
    }
    if (!scan.isComplete()) {
      return Parsed.More.MORE;
    }
    byte[] bytes = new byte[scan.length()];
    in.get(in.position(), bytes);
    Head known = memo.find(bytes);
    Parsed parsed = known == null ? whole(bytes) : known;
    if (parsed instanceof Head head) {
      in.position(in.position() + bytes.length);
      scan.reset();
      if (known == null) {
        memo.keep(bytes, head);
      }
    }
    return parsed;
  }

  /** What to make of a client that will send nothing more. */
  public Hangup end() {
    return new Hangup(scan.begun());
  }

  /** Whether bytes of a request have come that are not a whole head yet. */
  public boolean midway() {
    return scan.begun();
  }

  private Parsed whole(byte[] bytes) {
    String requestLine = text(bytes, scan.lineStart(0), scan.lineEnd(0));
    Refused unspeakable = check(requestLine);
    if (unspeakable != null) {
      return unspeakable;
    }
    boolean path = requestLine.startsWith(" /", requestLine.indexOf(' '));
    byte[] shown =
        withoutPercents(path ? bytes : withoutEmptyPort(bytes, requestLine), requestLine);
    UndertowDoor.Line line = UndertowDoor.parse(shown, scan.begin());
    if (line == null) {
      return new Refused(400, "Not a request as RFC 9112 has it.");
    }
    String target = target(bytes);
    Headers headers = headers(bytes);
    if (line.fields() != headers.size()) {
      return new Refused(400, "Two readings of the fields differ.");
    }
    Refused refused = Target.check(line.method(), target);
    if (refused == null) {
      refused = Host.check(line.version(), headers);
    }
    if (refused != null) {
      return refused;
    }
    Framing framing = Framing.of(line.version(), headers, limits);
    if (framing instanceof Framing.Unclear unclear) {
      return unclear.why();
    }
    return expectationMet(headers)
        ? new Head(line.method(), target, line.version(), headers, framing)
        : new Refused(417, "The only expectation met here is 100-continue.");
  }

  /** RFC 9110 section 10.1.1 names one expectation and lets a server refuse all others. */
  private static boolean expectationMet(Headers headers) {
    return headers.all("Expect").stream().allMatch("100-continue"::equalsIgnoreCase);
  }

  /**
   * What undertow would answer too kindly or too roughly: it takes a version it does not know for
   * HTTP/1.1, and a method longer than any it knows for rubbish.
   */
  private static @Nullable Refused check(String line) {
    int blank = line.indexOf(' ');
    if (blank > UndertowDoor.LONGEST_METHOD && Token.is(line.substring(0, blank))) {
      return new Refused(501, "No method has such a long name.");
    }
    String version = line.substring(line.lastIndexOf(' ') + 1);
    if (version.equals("HTTP/1.1") || version.equals("HTTP/1.0")) {
      return null;
    }
    return version.matches("HTTP/[0-9]\\.[0-9]")
        ? new Refused(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here.")
        : new Refused(400, "The request line does not end with an HTTP version.");
  }

  /**
   * The same bytes, but where the target is a URI like {@code http://h:/}, whose port is there and
   * empty. RFC 9110 section 4.2.3 has such a one among its examples, and undertow knows none.
   */
  private byte[] withoutEmptyPort(byte[] bytes, String requestLine) {
    Matcher port = EMPTY_PORT.matcher(requestLine);
    if (!port.lookingAt()) {
      return bytes;
    }
    byte[] copy = bytes.clone();
    copy[scan.lineStart(0) + port.end() - 2] = '/';
    return copy;
  }

  /**
   * The same bytes, but with no percent sign in the query. Undertow refuses one without two digits, which
   * browsers send; unlike a path, a query is decoded by nobody but the app, and nothing is illegal in it
   * ({@link Request#parameters}).
   */
  private byte[] withoutPercents(byte[] bytes, String requestLine) {
    int query = requestLine.indexOf('?');
    int percent = query < 0 ? -1 : requestLine.indexOf('%', query);
    if (percent < 0) {
      return bytes;
    }
    byte[] copy = bytes.clone();
    for (; percent >= 0; percent = requestLine.indexOf('%', percent + 1)) {
      copy[scan.lineStart(0) + percent] = '-';
    }
    return copy;
  }

  /** What stands between the first blank of the request line and its last. */
  private String target(byte[] bytes) {
    int start = scan.lineStart(0);
    int end = scan.lineEnd(0);
    while (bytes[start] != ' ') {
      start++;
    }
    while (bytes[end] != ' ') {
      end--;
    }
    return text(bytes, start + 1, Math.max(start + 1, end));
  }

  /**
   * The field lines, taken from the bytes undertow has approved and not from its map, which loses
   * the order of the lines and folds blanks inside a value into one.
   */
  private Headers headers(byte[] bytes) {
    List<Headers.Field> fields = new ArrayList<>(scan.lines());
    for (int line = 1; line < scan.lines(); line++) {
      fields.add(field(bytes, scan.lineStart(line), scan.lineEnd(line)));
    }
    return Headers.of(fields);
  }

  /** One field line that is known to be a name, a colon and a value. */
  static Headers.Field field(byte[] bytes, int start, int end) {
    int colon = start;
    while (bytes[colon] != ':') {
      colon++;
    }
    int from = colon + 1;
    int to = end;
    while (from < to && blank(bytes[from])) {
      from++;
    }
    while (from < to && blank(bytes[to - 1])) {
      to--;
    }
    return new Headers.Field(text(bytes, start, colon), text(bytes, from, to));
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static String text(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
