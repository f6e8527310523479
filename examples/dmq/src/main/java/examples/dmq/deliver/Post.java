package examples.dmq.deliver;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts records. The JDK's client is made when there is the first one: most nodes never deliver. */
final class Post implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** An app that sleeps must wake up first. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** Posts one and returns the status of the answer. */
  int post(URI uri, String queue, byte[] record) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER)
            .header("Content-Type", "application/octet-stream")
            .header("Dmq-Queue", queue)
            .POST(HttpRequest.BodyPublishers.ofByteArray(record))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
