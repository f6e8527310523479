package spyglass.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import spyglass.docs.Checked;
import spyglass.protocol.ProtocolLint.Clause;
import spyglass.protocol.ProtocolLint.Side;

/** What docs/protocols.md quotes between its marks is what is compiled and checked. */
class ProtocolDocTest {

  private static final String PAGE = "docs/protocols.md";

  private static final Pattern QUOTED =
      Pattern.compile("(?s)<!-- begin (\\S+) (\\S+) -->\n.*?<!-- end -->");

  @Test
  void whatIsQuotedIsWhatIsCompiled() throws IOException {
    String onDisk = Files.readString(Checked.ROOT.resolve(PAGE));
    StringBuilder fresh = new StringBuilder();
    int from = 0;
    for (MatchResult quoted : QUOTED.matcher(onDisk).results().toList()) {
      fresh.append(onDisk, from, quoted.start());
      fresh.append("<!-- begin " + quoted.group(1) + " " + quoted.group(2) + " -->\n");
      fresh.append(quote(quoted.group(1), quoted.group(2)) + "<!-- end -->");
      from = quoted.end();
    }
    fresh.append(onDisk.substring(from));
    assertEquals(3, QUOTED.matcher(fresh).results().count(), "an example and two lists");
    Checked.compare(PAGE, fresh.toString());
  }

  private static String quote(String kind, String name) throws IOException {
    return switch (kind) {
      case "file" -> "```java\n" + Files.readString(Checked.ROOT.resolve(name)) + "```\n";
      case "clauses" -> clauses(Side.valueOf(name));
      default -> throw new IllegalArgumentException(PAGE + ": begin " + kind);
    };
  }

  private static String clauses(Side side) {
    StringBuilder list = new StringBuilder();
    int number = 0;
    for (Clause clause : Clause.values()) {
      if (clause.side() == side) {
        number++;
        list.append(number + ". **" + clause + "**: " + clause.text() + "\n");
      }
    }
    return list.toString();
  }
}
