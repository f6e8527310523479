package measure.apps;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import spyglass.http.App;
import spyglass.http.Request;
import spyglass.http.Response;

/** The least there is: 13 bytes, ten thousand, or the length of what was sent, as the peers do it. */
public final class Plain implements App {

  private static final String TEXT = "text/plain";

  @Override
  public Response call(Request request) throws IOException {
    if (request.method().equals("POST")) {
      long length = request.body().transferTo(OutputStream.nullOutputStream());
      return Response.bytes(TEXT, (length + " bytes\n").getBytes(US_ASCII));
    }
    String body = request.path().equals("/10k") ? "x".repeat(10_000) : "Hello, world!";
    return Response.bytes(TEXT, body.getBytes(US_ASCII));
  }
}
