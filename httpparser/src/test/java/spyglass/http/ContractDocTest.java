package spyglass.http;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import spyglass.docs.Checked;

class ContractDocTest {

  @Test
  void theContractOnPaperIsTheOneThatIsChecked() throws IOException {
    Checked.compare("docs/app-contract.md", ContractDoc.render(Checked.ROOT, Checked.COMMAND));
  }
}
