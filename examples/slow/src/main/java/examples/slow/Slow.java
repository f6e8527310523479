package examples.slow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import spyglass.http.App;
import spyglass.http.Request;
import spyglass.http.Response;

/**
 * Takes its time, one line a second.
 *
 * <p>In one terminal {@code curl -N 'localhost:4222/?s=10'} ({@code -N}: show what comes when it
 * comes). Halfway, in another, {@code pkill -TERM spy-lookout}. You will see the lines go on to
 * the last one: a worker that is told to stop accepts nobody any more, finishes what it has
 * accepted, and only then leaves. Then do the same with {@code pkill -KILL spy-worker}: the answer
 * breaks off, and curl says so, because the last chunk never came.
 */
public final class Slow implements App {

  private static final int DEFAULT_SECONDS = 3;
  private static final int MOST_SECONDS = 60;

  @Override
  public Response call(Request request) {
    if (!request.path().equals("/")) {
      return Response.text("Nothing here: ask for /?s=3\n").withStatus(404);
    }
    int seconds = seconds(request.query());
    if (seconds < 0) {
      return Response.text("Ask for /?s=N, N from 0 to " + MOST_SECONDS + ".\n").withStatus(400);
    }
    // nosniff: without it a browser waits for a kilobyte or so to guess what kind of text this is.
    return Response.stream("text/plain; charset=utf-8", out -> tick(out, seconds))
        .withHeader("X-Content-Type-Options", "nosniff");
  }

  /** The number asked for, or -1 for what is none. */
  private static int seconds(String query) {
    if (query.isEmpty()) {
      return DEFAULT_SECONDS;
    }
    int seconds = query.matches("s=[0-9]{1,2}") ? Integer.parseInt(query.substring(2)) : -1;
    return seconds <= MOST_SECONDS ? seconds : -1;
  }

  private static void tick(OutputStream out, int seconds) throws IOException, InterruptedException {
    long pid = ProcessHandle.current().pid();
    say(out, "pid " + pid + " begins\n");
    for (int second = 1; second <= seconds; second++) {
      Thread.sleep(Duration.ofSeconds(1));
      say(out, second + " of " + seconds + "\n");
    }
    say(out, "pid " + pid + " is done\n");
  }

  /** The flush sends the line now; without it the server would wait for more to send at once. */
  private static void say(OutputStream out, String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
