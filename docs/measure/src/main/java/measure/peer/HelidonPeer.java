package measure.peer;

import io.helidon.webserver.WebServer;

/** Helidon, a virtual thread for each connection. */
final class HelidonPeer {

  private HelidonPeer() {}

  public static void main(String[] args) {
    WebServer.builder()
        .host("127.0.0.1")
        .port(Integer.parseInt(args[0]))
        .routing(routes ->
            routes
                .get((request, response) -> response.send(Answers.to(request.path().path())))
                .post((request, response) ->
                    response.send(Answers.toPost(request.content().as(byte[].class).length))))
        .build()
        .start();
  }
}
