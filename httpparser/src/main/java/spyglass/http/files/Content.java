package spyglass.http.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import spyglass.http.Body;
import spyglass.http.Headers;
import spyglass.http.Response;
import spyglass.http.files.Ranges.Range;

/**
 * A file, or parts of it, as an answer.
 *
 * @param file where it really lies
 * @param type its media type
 * @param size its bytes
 */
record Content(Path file, String type, long size) {

  Response whole() {
    return new Response(200, Headers.of("Content-Type", type), new Body.File(file, 0, size));
  }

  /** RFC 9110 section 15.5.17: with the size, so that the client can ask better. */
  Response unsatisfiable() {
    return Response.text(416, "The file has no such bytes.\n")
        .withHeader("Content-Range", "bytes */" + size);
  }

  /** One part is an answer of its own; several are wrapped, each with its place. */
  Response parts(List<Range> ranges) {
    if (ranges.size() > 1) {
      return wrapped(ranges, "part-" + UUID.randomUUID());
    }
    Range range = ranges.getFirst();
    Headers headers = Headers.of("Content-Type", type).with("Content-Range", place(range));
    return new Response(206, headers, body(range));
  }

  private Response wrapped(List<Range> ranges, String boundary) {
    byte[] end = ascii("\r\n--" + boundary + "--\r\n");
    long length = end.length;
    for (Range range : ranges) {
      length += line(range, boundary).length + range.length();
    }
    Body.Writer writer =
        out -> {
          for (Range range : ranges) {
            send(out, line(range, boundary), body(range));
          }
          out.write(end);
        };
    return Response.stream("multipart/byteranges; boundary=" + boundary, writer)
        .withStatus(206)
        .withHeader("Content-Length", Long.toString(length));
  }

  private static void send(OutputStream out, byte[] line, Body.File part) throws IOException {
    out.write(line);
    part.writeTo(out);
  }

  private byte[] line(Range range, String boundary) {
    return ascii(
        ("\r\n--" + boundary + "\r\n")
            + ("Content-Type: " + type + "\r\n")
            + ("Content-Range: " + place(range) + "\r\n\r\n"));
  }

  private Body.File body(Range range) {
    return new Body.File(file, range.first(), range.length());
  }

  private String place(Range range) {
    return "bytes " + range.first() + "-" + range.last() + "/" + size;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
