package examples.slow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.App;
import spyglass.http.Lint;
import spyglass.http.Request;

final class SlowLintTest {

  private final App app = ServiceLoader.load(App.class).findFirst().orElseThrow();
  private final long pid = ProcessHandle.current().pid();

  @Test
  void writesALineForEachSecondAndOneBeforeAndAfter() throws Exception {
    Lint.Answer answer = Lint.call(app, Request.of("GET", "/?s=1"));

    assertEquals(200, answer.status());
    assertEquals("pid " + pid + " begins\n1 of 1\npid " + pid + " is done\n", answer.text());
  }

  @Test
  void noSecondsAtAllAreAnswered() throws Exception {
    Lint.Answer answer = Lint.call(app, Request.of("GET", "/?s=0"));

    assertEquals("pid " + pid + " begins\npid " + pid + " is done\n", answer.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"s=61", "s=-1", "s=", "s=three", "s=1.5", "s=999999999999", "t=3"})
  void whatIsNoNumberOfSecondsIsRefusedInOneLine(String query) throws Exception {
    Lint.Answer answer = Lint.call(app, Request.of("GET", "/?" + query));

    assertEquals(400, answer.status());
    assertEquals(1, answer.text().lines().count());
  }

  @Test
  void otherPathsAreNotFound() throws Exception {
    assertEquals(404, Lint.call(app, Request.of("GET", "/favicon.ico")).status());
  }
}
