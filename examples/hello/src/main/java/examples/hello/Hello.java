package examples.hello;

import spyglass.http.App;
import spyglass.http.Request;
import spyglass.http.Response;

/**
 * The smallest app. Start it with {@code ./spyglass --port 4222 examples/hello/target/hello.jar},
 * say {@code curl localhost:4222}, and count the processes before and after: the visitor woke them.
 */
public final class Hello implements App {

  @Override
  public Response call(Request request) {
    return Response.text("Hello from Spyglass.\n");
  }
}
