package examples.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import spyglass.http.App;
import spyglass.http.Body;
import spyglass.http.Headers;
import spyglass.http.Request;
import spyglass.http.Response;
import spyglass.http.Status;

/**
 * Says what the server understood.
 *
 * <p>Try {@code curl -d 'some text' 'localhost:4222/a%20b?c=d'} and compare the answer with what
 * {@code curl -v} says it sent. Then send what curl would never send:
 *
 * <pre>{@code
 * printf 'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n' | nc localhost 4222
 * }</pre>
 *
 * <p>You will see a refusal that this class had no part in: what reaches an app is a whole request.
 * The paths below {@code /-/} make the app itself behave in odd ways, to see what the server makes
 * of it: {@code /-/failmid} throws in the middle of an answer, and curl will tell you that the rest
 * is missing.
 */
public final class Inspect implements App {

  private static final int LONGEST_SLEEP_MS = 5_000;
  private static final int MOST_BYTES = 64 << 20;
  private static final int LARGEST_CHUNK = 16 << 20;
  private static final int MOST_CHUNKS = 1_000_000;
  private static final String PLAIN = "text/plain; charset=utf-8";

  /** What is left of a request's body once it has gone through the digest. */
  private record Digested(long length, String sha256, Headers trailers) {}

  @Override
  public Response call(Request request) throws Exception {
    String path = request.path();
    if (path.equals("/-/noread")) {
      return Response.text("unread").withHeader("X-Control", "noread");
    }
    Digested body = digest(request);
    if (!path.startsWith("/-/")) {
      return echo(request, body);
    }
    try {
      return control(path.substring(3), request, body);
    } catch (Query.Unusable unusable) {
      return Response.text(unusable.getMessage() + "\n").withStatus(400);
    }
  }

  private static Response control(String name, Request request, Digested body) throws Exception {
    Query query = new Query(request.query());
    Response response =
        switch (name) {
          case "status" -> status(query.number("code", 200, 599));
          case "stream" -> stream(query);
          case "big" -> big(query.number("bytes", 0, MOST_BYTES));
          case "header" -> echo(request, body).withHeader(query.text("name"), query.text("value"));
          case "slow" -> slow(query.number("ms", 0, Integer.MAX_VALUE), request, body);
          case "fail" -> throw new IllegalStateException("asked to fail");
          case "failmid" -> failMidway();
          default -> throw new Query.Unusable("there is no such control");
        };
    return response.withHeader("X-Control", name);
  }

  /** Through the digest in pieces: the body may be larger than the heap. */
  private static Digested digest(Request request) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] piece = new byte[16 * 1024];
    long length = 0;
    InputStream in = request.body();
    // An IOException from here is let through: what came is no whole body, so there is no answer.
    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
      sha256.update(piece, 0, n);
      length += n;
    }
    return new Digested(
        length, HexFormat.of().formatHex(sha256.digest()), request.body().trailers());
  }

  private static Response echo(Request request, Digested body) {
    // HEAD must get the fields of GET, Content-Length too. The body that would say so is not sent.
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    Json json =
        new Json()
            .field("method", method)
            .field("target", request.target())
            .field("path", request.path())
            .field("query", request.query())
            .field("version", request.version())
            .field("headers", request.headers())
            .field("body_len", body.length())
            .field("body_sha256", body.sha256());
    if (body.trailers().size() > 0) {
      json.field("trailers", body.trailers());
    }
    return Response.json(json.end());
  }

  private static Response status(int code) {
    return Status.bodyless(code)
        ? Response.of(code)
        : Response.text("status " + code + "\n").withStatus(code);
  }

  private static Response slow(int ms, Request request, Digested body) throws InterruptedException {
    Thread.sleep(Duration.ofMillis(Math.min(ms, LONGEST_SLEEP_MS)));
    return echo(request, body);
  }

  private static Response stream(Query query) throws Query.Unusable {
    int chunks = query.number("chunks", 0, MOST_CHUNKS);
    int size = query.number("size", 0, LARGEST_CHUNK);
    return Response.stream(PLAIN, letters(chunks, size, query.is("empty", "1")));
  }

  private static Response failMidway() {
    Body.Writer whole = letters(3, 1_000, false);
    return Response.stream(
        PLAIN,
        out -> {
          whole.writeTo(out);
          throw new IOException("asked to fail midway");
        });
  }

  private static Body.Writer letters(int chunks, int size, boolean emptyBefore) {
    return out -> {
      byte[] chunk = new byte[size];
      for (int i = 0; i < chunks; i++) {
        if (emptyBefore) {
          // A chunk of no bytes is how HTTP says that the body ends: a server must not send one.
          out.write(new byte[0]);
          out.flush();
        }
        Arrays.fill(chunk, (byte) ('a' + i % 26));
        out.write(chunk);
        out.flush();
      }
    };
  }

  private static Response big(int bytes) {
    return Response.stream(
            PLAIN,
            out -> {
              byte[] piece = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
              for (int left = bytes; left > 0; left -= piece.length) {
                out.write(piece, 0, Math.min(left, piece.length));
              }
            })
        .withHeader("Content-Length", Integer.toString(bytes));
  }
}
