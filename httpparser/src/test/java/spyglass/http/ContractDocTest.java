package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ContractDocTest {

  private static final String COMMAND = "mvn -pl httpparser test -Dspyglass.docs=write";

  @Test
  void theContractOnPaperIsTheOneThatIsChecked() throws IOException {
    Path root = Path.of(System.getProperty("spyglass.root", ".."));
    Path file = root.resolve("docs/app-contract.md");
    String fresh = ContractDoc.render(root, COMMAND);
    if ("write".equals(System.getProperty("spyglass.docs"))) {
      Files.createDirectories(root.resolve("docs"));
      Files.writeString(file, fresh);
    }
    String onDisk = Files.exists(file) ? Files.readString(file) : "";
    assertEquals(fresh, onDisk, "docs/app-contract.md is stale; renew it with: " + COMMAND);
  }
}
