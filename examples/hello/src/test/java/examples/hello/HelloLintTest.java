package examples.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import spyglass.http.App;
import spyglass.http.Lint;
import spyglass.http.Request;

final class HelloLintTest {

  private final App app = ServiceLoader.load(App.class).findFirst().orElseThrow();

  @Test
  void greetsWhoeverAsksForWhateverPath() throws Exception {
    Lint.Answer answer = Lint.call(app, Request.of("GET", "/any/where?at=all"));

    assertEquals(200, answer.status());
    assertEquals("Hello from Spyglass.\n", answer.text());
  }
}
