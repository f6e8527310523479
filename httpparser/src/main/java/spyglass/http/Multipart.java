package spyglass.http;

import java.io.IOException;
import java.util.Optional;

/**
 * A {@code multipart/form-data} body (RFC 7578), read part by part while it arrives: however large
 * a file is, no more than one buffer of it is in memory. Written here because the libraries that do
 * it bring a servlet API, a temporary folder or a mail stack along.
 *
 * <pre>{@code
 * Multipart form = request.multipart();
 * for (Optional<Part> part = form.next(); part.isPresent(); part = form.next()) {
 *   switch (part.get().name()) {
 *     case "title" -> title = part.get().text();
 *     case "photo" -> part.get().content().transferTo(photo);
 *     default -> {}
 *   }
 * }
 * }</pre>
 */
public final class Multipart {

  /**
   * How much of a form is taken; what is beyond is a {@link BadRequest} with 413.
   *
   * @param parts how many parts
   * @param head bytes of one part's header
   * @param part bytes of one part's content
   */
  public record Limits(int parts, int head, long part) {

    /** What is taken when nobody asks for more. The server limits the body as a whole as well. */
    public static final Limits DEFAULT = new Limits(100, 8 << 10, 64L << 20);
  }

  private final Limits limits;
  private final Boundary boundary;
  private Optional<Part> current = Optional.empty();
  private int count;
  private boolean over;

  private Multipart(Limits limits, Boundary boundary) {
    this.limits = limits;
    this.boundary = boundary;
  }

  static Multipart of(Request request, Limits limits) {
    Labelled type = Labelled.contentType(request.headers());
    if (!type.value().equals("multipart/form-data")) {
      throw new BadRequest(415, "The body is not multipart/form-data.");
    }
    String boundary = type.parameter("boundary").orElse("");
    if (!Boundary.legal(boundary)) {
      throw new BadRequest("multipart/form-data without a legal boundary.");
    }
    return new Multipart(limits, new Boundary(request.body(), boundary));
  }

  /**
   * The next part, or nothing when the form is over. What was not read of the part before is
   * skipped.
   *
   * @throws BadRequest when the body is no such form or goes beyond a limit
   * @throws IOException from the request's body: let it pass
   */
  public Optional<Part> next() throws IOException {
    if (over) {
      return Optional.empty();
    }
    if (current.isPresent()) {
      current.get().skip();
    } else {
      boundary.skip();
    }
    over = boundary.last();
    if (over) {
      current = Optional.empty();
      return current;
    }
    if (count == limits.parts()) {
      throw new BadRequest(413, "The form has more than " + count + " parts.");
    }
    count++;
    Headers headers = PartHead.read(boundary, limits.head());
    current = Optional.of(Part.of(headers, boundary, limits.part()));
    return current;
  }
}
