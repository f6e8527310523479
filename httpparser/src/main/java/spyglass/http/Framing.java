package spyglass.http;

import java.util.List;
import java.util.stream.Stream;

/**
 * How long a request's body is, and how one can tell: the rules of RFC 9112 section 6.
 *
 * <p>This is where requests are smuggled. When a proxy and a server disagree about where a body
 * ends, a stranger's second request hides in the first one's body, and the server serves it. So
 * whatever the RFC leaves open, and whatever it merely advises against, is refused here: there is
 * one legal reading of a message, or none.
 */
public sealed interface Framing {

  /** No body. */
  Framing NONE = new Length(0);

  /**
   * A body of exactly so many bytes.
   *
   * @param bytes 0 or more
   */
  record Length(long bytes) implements Framing {}

  /** A body in chunks, each with its size before it. */
  record Chunked() implements Framing {}

  /**
   * Nobody can tell.
   *
   * @param why the refusal to answer with
   */
  record Unclear(Refused why) implements Framing {}

  /** Decides about a request from its version and fields. */
  static Framing of(String version, Headers headers, Limits limits) {
    List<String> codings = headers.all("Transfer-Encoding");
    List<String> lengths = headers.all("Content-Length");
    if (!codings.isEmpty()) {
      return lengths.isEmpty()
          ? transferCoding(version, codings)
          : unclear(400, "Content-Length beside Transfer-Encoding.");
    }
    return switch (lengths.size()) {
      case 0 -> NONE;
      case 1 -> contentLength(lengths.getFirst(), limits);
      default -> unclear(400, "More than one Content-Length.");
    };
  }

  private static Framing transferCoding(String version, List<String> codings) {
    if (!version.equals("HTTP/1.1")) {
      // Section 6.1: an HTTP/1.0 sender cannot know it; somebody in between forwarded it blindly.
      return unclear(400, "Transfer-Encoding in an HTTP/1.0 request.");
    }
    if (codings.size() > 1) {
      return unclear(400, "More than one Transfer-Encoding.");
    }
    String coding = codings.getFirst();
    if (coding.equalsIgnoreCase("chunked")) {
      return new Chunked();
    }
    List<String> names = Stream.of(coding.split(",", -1)).map(String::strip).toList();
    boolean legal = names.stream().allMatch(Token::is);
    // Exactly one chunked, at the end: section 6.1 forbids it twice, and nothing else has an end.
    boolean ends = names.getLast().equalsIgnoreCase("chunked");
    boolean once = names.stream().filter("chunked"::equalsIgnoreCase).count() == 1;
    return legal && ends && once
        ? unclear(501, "The only transfer coding understood here is chunked.")
        : unclear(400, "The last transfer coding is not chunked, so the body has no end.");
  }

  private static Framing contentLength(String digits, Limits limits) {
    if (digits.isEmpty()) {
      return unclear(400, "Content-Length is empty.");
    }
    int zeros = 0;
    for (int i = 0; i < digits.length(); i++) {
      // Not Character.isDigit, which takes the digits of every script, nor parseLong, which takes
      // a sign.
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return unclear(400, "Content-Length is not one plain decimal number.");
      }
      zeros += zeros == i && digits.charAt(i) == '0' ? 1 : 0;
    }
    if (digits.length() - zeros > 18) {
      return unclear(400, "Content-Length is beyond all measure.");
    }
    long bytes = Long.parseLong(digits);
    return bytes > limits.body()
        ? unclear(413, "The body is larger than " + limits.body() + " bytes.")
        : new Length(bytes);
  }

  private static Framing unclear(int status, String reason) {
    return new Unclear(new Refused(status, reason));
  }
}
