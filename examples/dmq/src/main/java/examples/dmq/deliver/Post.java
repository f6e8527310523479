package examples.dmq.deliver;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts records. The JDK's client is made when there is the first one: most nodes never deliver. */
final class Post implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** An app that sleeps must wake up first. */
  static final Duration ANSWER = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** Posts one. Whoever cancels what is returned gives it up, whatever it waits for. */
  Future<HttpResponse<Void>> post(URI uri, String queue, byte[] record) {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/octet-stream")
            .header("Dmq-Queue", queue)
            .POST(HttpRequest.BodyPublishers.ofByteArray(record))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
  }

  /**
   * Waits for the whole answer and returns its status. The time that a request of the JDK's may be given
   * ends with the head of the answer: one whose body never comes would hold it up for ever.
   *
   * @throws HttpTimeoutException when it does not come in time; it is given up then
   * @throws CancellationException when somebody has given it up
   */
  static int status(Future<HttpResponse<Void>> answer, Duration patience)
      throws IOException, InterruptedException {
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS).statusCode();
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no whole answer in " + patience.toSeconds() + " seconds");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
