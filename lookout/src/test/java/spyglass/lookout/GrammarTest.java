package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.AutoComplete;
import spyglass.config.Catalogue;
import spyglass.config.Misuse;
import spyglass.config.Said;
import spyglass.config.Setting;
import spyglass.docs.Checked;

/** The command line, and the pages that are written from it. */
class GrammarTest {

  /** What a table of the README calls several options at once, or none. */
  private static final Set<String> NO_SETTINGS = Set.of("--config", "--help", "--version");

  @TempDir private Path folder;

  private static List<String> said(String... args) throws Misuse {
    return new Grammar().parse(args).said().stream().map(GrammarTest::text).toList();
  }

  private static String text(Said said) {
    return said.name() + "=" + said.text();
  }

  @Test
  void optionsAreHeardFromLeftToRight() throws Exception {
    assertEquals(
        List.of("port=1", "config=f", "port=2", "lib=a", "lib=b"),
        said("--port", "1", "--config", "f", "--port=2", "--lib", "a", "--lib", "b", "x.jar"));
  }

  @Test
  void aFileOfArgumentsStandsWhereItIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("args"), "--port 2\n--workers 3\n");
    assertEquals(
        List.of("port=1", "port=2", "workers=3", "port=4"),
        said("--port=1", "@" + file, "--port=4"));
  }

  @Test
  void eachVSaysOneMoreAndFourAreTheMost() throws Exception {
    assertEquals(List.of("verbose=1"), said("-v"));
    assertEquals("verbose=3", said("-vv", "-v").getLast());
    assertEquals("verbose=4", said("-vvvvvv").getLast());
    assertEquals(List.of("verbose=2"), said("--verbose", "2"));
  }

  @Test
  void aSwitchMayHaveItsValueAndTakesNoJarForIt() throws Exception {
    assertEquals(List.of("proxy-protocol=true"), said("--proxy-protocol", "x.jar"));
    assertEquals(List.of("proxy-protocol=false"), said("--proxy-protocol=false", "x.jar"));
    assertEquals(List.of("x.jar"), new Grammar().parse("--proxy-protocol", "x.jar").words());
  }

  @ParameterizedTest
  @CsvSource({"config, CONFIG", "./config, SERVE", "check, CHECK", "help, HELP", "x.jar, SERVE"})
  void aCommandIsAWordAndAJarOfThatNameHasAPath(String word, Verb verb) throws Exception {
    assertEquals(verb, new Grammar().parse("--port=1", word).verb());
  }

  /** The pages of the distribution. They are kept in the source, so that a build needs no Ruby. */
  @ParameterizedTest
  @CsvSource({"completion/spyglass.bash, completion", "man/spyglass.1, manual"})
  void whatIsDistributedIsWrittenFromThisGrammar(String file, String verb) throws Exception {
    Grammar grammar = new Grammar();
    String text =
        verb.equals("manual")
            ? Manual.of(grammar)
            : AutoComplete.bash(Grammar.NAME, grammar.line());
    Checked.compare("lookout/src/assembly/" + file, text);
    for (String option : grammar.line().getCommandSpec().optionsMap().keySet()) {
      String there = verb.equals("manual") ? option.replace("-", "\\-") : option;
      assertTrue(text.contains(there), () -> option + " is not in " + file);
    }
  }

  @Test
  void bashCanReadTheCompletion() throws Exception {
    assertEquals(
        "",
        run(
            "bash",
            "-n",
            Checked.ROOT.resolve("lookout/src/assembly/completion/spyglass.bash").toString()));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  @Test
  void theReadmesTablesAreWholeAndTellTheRightDefaults() throws Exception {
    Matcher row =
        Pattern.compile("(?m)^\\| `(--[a-z-]+)`(?:, `--[a-z]+`)* \\|([^|]*)\\|")
            .matcher(Files.readString(Checked.ROOT.resolve("README.md")));
    Map<String, String> table = new TreeMap<>();
    while (row.find()) {
      table.put(row.group(1), row.group(2).strip());
    }
    Map<String, String> catalogue = new TreeMap<>();
    for (Setting setting : Catalogue.all()) {
      catalogue.put("--" + setting.name(), setting.usual());
    }
    catalogue.keySet().removeIf(Set.of("--jar")::contains);
    Set<String> names = new TreeSet<>(table.keySet());
    names.removeAll(NO_SETTINGS);
    assertEquals(catalogue.keySet(), names);
    catalogue.forEach((name, usual) -> {
      String told = String.valueOf(table.get(name)).replace("off", "false").replace("nobody", "");
      assertEquals(usual, told, name);
    });
  }
}
