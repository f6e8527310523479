package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpDocTest {

  private static final String COMMAND = "mvn -pl httpparser test -Dspyglass.docs=write";

  private final List<Corpus.Case> cases = Corpus.all();

  @Test
  void theTableOnPaperIsTheCorpusThatIsTested() throws IOException {
    Path root = Path.of(System.getProperty("spyglass.root", ".."));
    Path file = root.resolve("docs/http.md");
    String fresh = HttpDoc.render(cases, COMMAND);
    if ("write".equals(System.getProperty("spyglass.docs"))) {
      Files.createDirectories(root.resolve("docs"));
      Files.writeString(file, fresh);
    }
    String onDisk = Files.exists(file) ? Files.readString(file) : "";
    assertEquals(fresh, onDisk, "docs/http.md is stale; renew it with: " + COMMAND);
  }

  @Test
  void thereAreAtLeast250CasesAndEachNamesItsRuleAndItsEnd() {
    assertTrue(cases.size() >= 250, () -> cases.size() + " cases");
    for (Corpus.Case one : cases) {
      assertTrue(one.section().matches("RFC [0-9]+ section [0-9.]+"), one::toString);
      assertFalse(one.accepted().isEmpty(), one::toString);
      for (String expected : one.accepted()) {
        for (String step : expected.split("; ", -1)) {
          assertTrue(HttpDoc.STEP.matcher(step).matches(), () -> one + ": '" + expected + "'");
        }
      }
    }
  }

  @Test
  void whatMarkdownWouldTakeForItsOwnIsEscaped() {
    assertEquals("a\\|b \\`c\\` \\*\\\\ \\\\xe4\\\\x00", HttpDoc.cell("a|b `c` *\\ \u00e4\0"));
  }
}
