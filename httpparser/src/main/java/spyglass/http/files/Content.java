package spyglass.http.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import spyglass.http.Body;
import spyglass.http.Headers;
import spyglass.http.Response;
import spyglass.http.files.Ranges.Range;

/**
 * Parts of a file as an answer.
 *
 * @param fields what is said about each of its answers
 * @param file the bytes that the parts are of
 */
record Content(Headers fields, Body.File file) {

  /** One part is an answer of its own; several are wrapped, each with its place. */
  Response parts(List<Range> ranges) {
    Headers rest = fields.without("Content-Length");
    if (ranges.size() > 1) {
      return wrapped(rest, ranges, "part-" + UUID.randomUUID());
    }
    Range range = ranges.getFirst();
    return new Response(206, rest.set("Content-Range", place(range)), body(range));
  }

  private Response wrapped(Headers rest, List<Range> ranges, String boundary) {
    byte[] end = latin1("\r\n--" + boundary + "--\r\n");
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
    Headers all =
        rest.set("Content-Type", "multipart/byteranges; boundary=" + boundary)
            .set("Content-Length", Long.toString(length));
    return new Response(206, all, new Body.Stream(writer));
  }

  private static void send(OutputStream out, byte[] line, Body.File part) throws IOException {
    out.write(line);
    part.writeTo(out);
  }

  private byte[] line(Range range, String boundary) {
    String type = fields.first("Content-Type").map(it -> "Content-Type: " + it + "\r\n").orElse("");
    return latin1(
        ("\r\n--" + boundary + "\r\n") + type + ("Content-Range: " + place(range) + "\r\n\r\n"));
  }

  private Body.File body(Range range) {
    return new Body.File(file.path(), file.offset() + range.first(), range.length());
  }

  private String place(Range range) {
    return "bytes " + range.first() + "-" + range.last() + "/" + file.length();
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
