package spyglass.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import spyglass.protocol.ProtocolLint.Clause;
import spyglass.protocol.ProtocolLint.Side;

/** What docs/protocols.md quotes between its marks is what is compiled and checked. */
class ProtocolDocTest {

  private static final String COMMAND = "mvn -pl httpparser test -Dspyglass.docs=write";

  private static final Pattern QUOTED =
      Pattern.compile("(?s)<!-- begin (\\S+) (\\S+) -->\n.*?<!-- end -->");

  private final Path root = Path.of(System.getProperty("spyglass.root", ".."));

  @Test
  void whatIsQuotedIsWhatIsCompiled() throws IOException {
    Path file = root.resolve("docs/protocols.md");
    String onDisk = Files.readString(file);
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
    if ("write".equals(System.getProperty("spyglass.docs"))) {
      Files.writeString(file, fresh);
    } else {
      assertEquals(
          fresh.toString(), onDisk, "docs/protocols.md is stale; renew it with: " + COMMAND);
    }
  }

  private String quote(String kind, String name) throws IOException {
    return switch (kind) {
      case "file" -> "```java\n" + Files.readString(root.resolve(name)) + "```\n";
      case "clauses" -> clauses(Side.valueOf(name));
      default -> throw new IllegalArgumentException("docs/protocols.md: begin " + kind);
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
