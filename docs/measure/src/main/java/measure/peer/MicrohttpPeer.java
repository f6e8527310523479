package measure.peer;

import java.io.IOException;
import java.util.List;
import org.microhttp.EventLoop;
import org.microhttp.Header;
import org.microhttp.NoopLogger;
import org.microhttp.OptionsBuilder;
import org.microhttp.Response;

/** microhttp, with as many event loops as it likes; the answer is made on the loop's own thread. */
final class MicrohttpPeer {

  private static final int BACKLOG = 1024;

  private MicrohttpPeer() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    OptionsBuilder options =
        OptionsBuilder.newBuilder()
            .withHost("127.0.0.1")
            .withPort(Integer.parseInt(args[0]))
            .withAcceptLength(BACKLOG);
    List<Header> headers = List.of(new Header("Content-Type", "text/plain"));
    EventLoop loop =
        new EventLoop(
            options.build(),
            NoopLogger.instance(),
            (request, reply) -> {
              byte[] body =
                  request.method().equals("POST")
                      ? Answers.toPost(request.body().length)
                      : Answers.to(request.uri());
              reply.accept(new Response(200, "OK", headers, body));
            });
    loop.start();
    loop.join();
  }
}
