package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import spyglass.docs.Checked;

class HttpDocTest {

  private final List<Corpus.Case> cases = Corpus.all();

  @Test
  void theTableOnPaperIsTheCorpusThatIsTested() throws IOException {
    Checked.compare("docs/http.md", HttpDoc.render(cases, Checked.COMMAND));
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
