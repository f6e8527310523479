package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The example of docs/app-contract.md, copied from between its two marks. */
class ContractExampleTest {

  // example
  /** Greets whoever asks, and takes nothing but GET and HEAD. */
  static final class Greeter implements App {

    @Override
    public Response call(Request request) {
      return switch (request.method()) {
        case "GET", "HEAD" -> Response.text("Hello from " + request.path() + "\n");
        default -> Response.of(405).withHeader("Allow", "GET, HEAD");
      };
    }
  }

  @Test
  void theGreeterKeepsTheContract() throws Exception {
    Lint.Answer hello = Lint.call(new Greeter(), Request.of("GET", "/home"));
    assertEquals(200, hello.status());
    assertEquals("Hello from /home\n", hello.text());

    Lint.Answer no = Lint.call(new Greeter(), Request.of("DELETE", "/home"));
    assertEquals(405, no.status());
    assertEquals(Optional.of("GET, HEAD"), no.headers().first("Allow"));
  }
  // end of example
}
