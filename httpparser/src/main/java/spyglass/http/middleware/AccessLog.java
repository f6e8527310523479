package spyglass.http.middleware;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import spyglass.http.App;
import spyglass.http.BadRequest;
import spyglass.http.Body;
import spyglass.http.Request;
import spyglass.http.Response;
import spyglass.http.Status;
import spyglass.http.files.FileAnswer;

/**
 * One line for each answer, in a format that the usual tools read. A stream is logged when it is
 * over, with the bytes that were written; anything else when the app has answered, with the bytes
 * it answered. An app that throws is logged as what the client will get, 500 or the status of its
 * {@link BadRequest}. Requests that the server itself refuses never reach an app and are not here.
 *
 * <p>The sink gets lines without their ends, from several threads at once. {@code
 * System.out::println} is a good one: in a worker that is the server's log.
 */
public final class AccessLog implements UnaryOperator<App> {

  private final Function<Visit, String> format;
  private final Consumer<String> sink;
  private final InstantSource clock;

  AccessLog(Function<Visit, String> format, Consumer<String> sink, InstantSource clock) {
    this.format = format;
    this.sink = sink;
    this.clock = clock;
  }

  /** The common log format of NCSA and Apache. */
  public static AccessLog common(Consumer<String> sink) {
    return new AccessLog(LogLine::common, sink, InstantSource.system());
  }

  /** The common format with Referer and User-Agent. */
  public static AccessLog combined(Consumer<String> sink) {
    return new AccessLog(LogLine::combined, sink, InstantSource.system());
  }

  /** A JSON object in each line, with the time it took and the {@link RequestId}. */
  public static AccessLog json(Consumer<String> sink) {
    return new AccessLog(LogLine::json, sink, InstantSource.system());
  }

  @Override
  public App apply(App app) {
    return app.wrapped(request -> call(app, request));
  }

  private Response call(App app, Request request) throws Exception {
    Instant start = clock.instant();
    Response response;
    try {
      response = FileAnswer.of(request.method(), request.headers(), app.call(request));
    } catch (BadRequest e) {
      write(request, e.status(), 0, start);
      throw e;
    } catch (Throwable e) {
      write(request, 500, 0, start);
      throw e;
    }
    boolean bodyless = request.method().equals("HEAD") || Status.bodyless(response.status());
    if (!bodyless && response.body() instanceof Body.Stream stream) {
      Body counted = new Body.Stream(out -> stream(stream, out, request, response, start));
      return new Response(response.status(), response.headers(), counted);
    }
    long bytes = bodyless ? 0 : response.body().size().orElse(0);
    write(request, response.status(), bytes, start);
    return response;
  }

  private void stream(
      Body.Stream stream, OutputStream out, Request request, Response response, Instant start)
      throws Exception {
    Counting counting = new Counting(out);
    try {
      stream.writer().writeTo(counting);
    } finally {
      write(request, response.status(), counting.count, start);
    }
  }

  private void write(Request request, int status, long bytes, Instant start) {
    Duration took = Duration.between(start, clock.instant());
    sink.accept(format.apply(new Visit(request, status, bytes, start, took)));
  }

  private static final class Counting extends FilterOutputStream {
    private long count;

    Counting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
