package examples.hog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.App;
import spyglass.http.Lint;
import spyglass.http.Request;

final class HogLintTest {

  private final App app = ServiceLoader.load(App.class).findFirst().orElseThrow();

  @Test
  void eachRequestHoldsOnToSoManyMore() throws Exception {
    Lint.call(app, Request.of("GET", "/?mb=1"));

    Lint.Answer answer = Lint.call(app, Request.of("GET", "/?mb=2"));

    assertEquals(200, answer.status());
    assertTrue(answer.text().contains(" holds 3 of at most "), answer.text());
    assertTrue(answer.text().contains("VmRSS: "), answer.text());
  }

  @Test
  void withoutANumberItOnlyLooks() throws Exception {
    Lint.Answer answer = Lint.call(app, Request.of("GET", "/"));

    assertTrue(answer.text().contains(" holds 0 of at most "), answer.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mb=0", "mb=1025", "mb=-5", "mb=", "mb=lots", "mb=99999999999", "x=1"})
  void whatIsNoNumberOfMebibytesIsRefused(String query) throws Exception {
    Lint.Answer answer = Lint.call(app, Request.of("GET", "/?" + query));

    assertEquals(400, answer.status());
    assertEquals(1, answer.text().lines().count());
  }

  @Test
  void moreThanHalfTheHeapIsRefusedInsteadOfRunningOutOfIt() throws Exception {
    long half = Runtime.getRuntime().maxMemory() / 2 / (1 << 20);
    int rounds = (int) (half / 64) + 1;
    Lint.Answer answer = Lint.call(app, Request.of("GET", "/"));
    for (int i = 0; i < rounds; i++) {
      answer = Lint.call(app, Request.of("GET", "/?mb=64"));
    }

    assertEquals(507, answer.status());
    assertTrue(answer.text().startsWith("No: "), answer.text());
  }
}
