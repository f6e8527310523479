package examples.pids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import spyglass.http.App;
import spyglass.http.Lint;
import spyglass.http.Request;

final class PidsLintTest {

  private final App app = ServiceLoader.load(App.class).findFirst().orElseThrow();
  private final long pid = ProcessHandle.current().pid();

  @Test
  void curlGetsOneLineWithThePid() throws Exception {
    Lint.Answer answer = Lint.call(app, Request.of("GET", "/").withHeader("Accept", "*/*"));

    assertEquals("pid " + pid + "\n", answer.text());
  }

  @Test
  void browserGetsAPageThatCounts() throws Exception {
    Request request = Request.of("GET", "/").withHeader("Accept", "text/html,*/*;q=0.8");
    Lint.call(app, request);

    Lint.Answer answer = Lint.call(app, request);

    assertEquals("text/html; charset=utf-8", answer.headers().first("Content-Type").orElseThrow());
    assertTrue(answer.text().contains("<title>pid " + pid + "</title>"));
    assertTrue(answer.text().contains("has answered</dt><dd>2</dd>"), answer.text());
  }
}
