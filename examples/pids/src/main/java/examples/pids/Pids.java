package examples.pids;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import spyglass.http.App;
import spyglass.http.Request;
import spyglass.http.Response;

/**
 * Says which process answered.
 *
 * <p>Start it with {@code --workers 3} and try
 *
 * <pre>{@code
 * for i in $(seq 20); do curl -s localhost:4222; done | sort | uniq -c
 * }</pre>
 *
 * <p>You will see up to three pids that share the 20 requests. Nobody deals them out: all workers
 * wait on one listening socket, and the kernel gives each connection to one of them. A browser
 * keeps its connection, so a reload there meets the same worker again. Stay away for longer than
 * {@code --timeout}, ask once more, and none of the pids will be one you know.
 */
public final class Pids implements App {

  /** Of this worker alone: a field is memory, and processes do not share theirs. */
  private final AtomicLong answered = new AtomicLong();

  @Override
  public Response call(Request request) {
    long count = answered.incrementAndGet();
    ProcessHandle self = ProcessHandle.current();
    boolean browser = request.headers().first("Accept").orElse("").contains("text/html");
    Response response =
        browser ? Response.html(page(self, count)) : Response.text("pid " + self.pid() + "\n");
    // Two answers at one address: whoever stores one of them must look at Accept again.
    return response.withHeader("Vary", "Accept").withHeader("Cache-Control", "no-store");
  }

  private static String page(ProcessHandle self, long count) {
    String parent = self.parent().map(ProcessHandle::pid).map(String::valueOf).orElse("none");
    String age = self.info().startInstant().map(Pids::since).orElse("unknown");
    return PAGE.formatted(self.pid(), self.pid(), parent, count, age);
  }

  private static String since(Instant start) {
    Duration age = Duration.between(start, Instant.now());
    return "%d min %d s".formatted(age.toMinutes(), Math.max(0, age.toSecondsPart()));
  }

  @SuppressWarnings("InlineFormatString") // a page is easier to read on its own
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <link rel="icon" href="data:,">
      <title>pid %d</title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto;
        padding: 0 1rem; }
      dl { display: grid; grid-template-columns: 1fr auto; gap: .4rem 1rem; }
      dt, dd { margin: 0; }
      dd { font-weight: 600; font-variant-numeric: tabular-nums; text-align: right; }
      pre { overflow-x: auto; padding: .8rem; border: 1px solid; border-radius: .4rem; }
      </style>
      </head>
      <body>
      <h1>Who answered?</h1>
      <dl>
      <dt>This worker's pid</dt><dd>%d</dd>
      <dt>Its parent's, the master</dt><dd>%s</dd>
      <dt>Requests it has answered</dt><dd>%d</dd>
      <dt>It has been alive for</dt><dd>%s</dd>
      </dl>
      <p>Your browser keeps its connection, so a reload meets the same worker. New connections go to
      whichever worker takes them first:</p>
      <pre>for i in $(seq 20); do curl -s localhost:4222; done | sort | uniq -c</pre>
      </body>
      </html>
      """;
}
