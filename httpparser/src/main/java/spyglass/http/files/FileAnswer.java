package spyglass.http.files;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import spyglass.http.Body;
import spyglass.http.Headers;
import spyglass.http.Response;

/**
 * What becomes of a file that an app answers with: the client may have it already, or want some
 * bytes of it only. The app need not think of that; a server does it with each answer.
 */
public final class FileAnswer {

  /** What describes the bytes and not the answer: it goes when other bytes are sent. */
  private static final List<String> OF_CONTENT =
      List.of(
          "Content-Type",
          "Content-Length",
          "Content-Encoding",
          "Content-Language",
          "Content-Disposition");

  private FileAnswer() {}

  /**
   * The answer as it is sent. A 200 with a {@link Body.File}, to GET or HEAD, gets validators (ETag
   * and Last-Modified, unless the app has given one of them), becomes 304 or 412 as the conditions
   * of the request want it, and for a GET with Range 206 or 416. An app that wants no ranges says
   * {@code Accept-Ranges: none}. Any other answer is returned as it is; so is what this returned
   * before.
   *
   * @param method of the request
   * @param asked the fields of the request
   * @throws IOException when the file is not there
   */
  public static Response of(String method, Headers asked, Response response) throws IOException {
    return response.status() == 200
            && response.body() instanceof Body.File file
            && (method.equals("GET") || method.equals("HEAD"))
        ? of(method, asked, response, file, Instant.now())
        : response;
  }

  static Response of(String method, Headers asked, Response response, Body.File file, Instant now)
      throws IOException {
    Version version = Version.of(response, file, now);
    Preconditions conditions = new Preconditions(asked, version, now);
    boolean ranges = !response.headers().lists("Accept-Ranges", "none");
    Headers fields = version.describe(response.headers());
    if (ranges) {
      fields = fields.set("Accept-Ranges", "bytes");
    }
    return switch (conditions.check()) {
      case FAILED -> refused(412, fields, "The file is not as you expect it.\n");
      case NOT_MODIFIED -> new Response(304, bare(fields), Body.EMPTY);
      case PASSED ->
          ranges && method.equals("GET") && conditions.rangeApplies()
              ? cut(asked, fields, file)
              : new Response(200, fields, file);
    };
  }

  private static Response cut(Headers asked, Headers fields, Body.File file) {
    return switch (Ranges.parse(asked.all("Range"), file.length())) {
      case Ranges.Whole whole -> new Response(200, fields, file);
      case Ranges.Parts parts -> new Content(fields, file).parts(parts.list());
      // RFC 9110 section 15.5.17: with the size, so that the client can ask better.
      case Ranges.Unsatisfiable none ->
          refused(
              416,
              fields.set("Content-Range", "bytes */" + file.length()),
              "The file has no such bytes.\n");
    };
  }

  /** No cache may keep it, whatever the app says of the file. */
  private static Response refused(int status, Headers fields, String why) {
    Headers rest = bare(fields).without("Cache-Control").without("Expires").without("ETag");
    return new Response(status, rest.without("Last-Modified"), Body.EMPTY)
        .withBody("text/plain; charset=utf-8", why);
  }

  private static Headers bare(Headers fields) {
    Headers rest = fields;
    for (String name : OF_CONTENT) {
      rest = rest.without(name);
    }
    return rest;
  }
}
