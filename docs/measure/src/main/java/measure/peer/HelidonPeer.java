package measure.peer;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerResponse;

/** Helidon, a virtual thread for each connection. */
final class HelidonPeer {

  private HelidonPeer() {}

  public static void main(String[] args) {
    WebServer.builder()
        .host("127.0.0.1")
        .port(Integer.parseInt(args[0]))
        .routing(routes ->
            routes
                .get((request, response) -> send(response, Answers.to(request.path().path())))
                .post((request, response) ->
                    send(response, Answers.toPost(request.content().as(byte[].class).length))))
        .build()
        .start();
  }

  private static void send(ServerResponse response, byte[] body) {
    response.header(HeaderNames.CONTENT_TYPE, "text/plain").send(body);
  }
}
