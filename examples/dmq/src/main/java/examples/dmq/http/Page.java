package examples.dmq.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import spyglass.http.Response;

/** The page with a bar for each queue, which asks for new figures twice a second while it is seen. */
final class Page {

  private Page() {}

  static Response response() {
    try (InputStream in = Page.class.getResourceAsStream("page.html")) {
      if (in == null) {
        return Response.text(404, "the jar has no page\n");
      }
      return Response.html(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .withHeader("Content-Security-Policy", "default-src 'self' 'unsafe-inline'");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
