package measure;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import spyglass.docs.Checked;

/** The page says what its figures say. */
final class PageTest {

  private static final String PAGE = "docs/measurements.md";

  @Test
  void thePageSaysWhatWasMeasured() throws Exception {
    String page = Files.readString(Checked.ROOT.resolve(PAGE));
    Checked.compare(
        PAGE, Page.renewed(page, Page.figures(Checked.ROOT.resolve("docs").resolve(Page.FOLDER))));
  }
}
