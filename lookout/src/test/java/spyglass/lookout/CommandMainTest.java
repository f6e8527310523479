package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.config.Misuse;
import spyglass.config.Topic;

/** The commands that print and end, with an example's jar; the examples are built before us. */
class CommandMainTest {

  private static final Path ROOT = Path.of(System.getProperty("spyglass.root", ".."));
  private static final String PUBSUB = ROOT.resolve("examples/pubsub/target/pubsub.jar").toString();
  private static final String HELLO = ROOT.resolve("examples/hello/target/hello.jar").toString();

  @TempDir private Path folder;

  private static String run(String... args) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CommandMain(Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8)).run(args);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String misuse(String... args) {
    return String.valueOf(assertThrows(Misuse.class, () -> run(args)).getMessage());
  }

  @Test
  void configOfConfigIsTheSameButForOrigins() throws Exception {
    String first = run("config", "--protocol=pubsub", "--workers=1", "-vv", PUBSUB);
    assertTrue(first.contains("\nworkers=1\n") && first.contains("\nverbose=2\n"), first);
    assertTrue(first.contains("\noption.pubsub.max-line=8192\n"), first);
    Path file = Files.writeString(folder.resolve("f.properties"), first);
    String second = run("config", "--config", file.toString());
    assertTrue(second.contains("# from " + file + ":"), second);
    assertEquals(plain(first), plain(second));
    assertEquals("ok\n", run("check", "--config", file.toString()));
  }

  @Test
  void configEscapesWhatATerminalObeysAndReadsItAgain() throws Exception {
    String first = run("config", "--name=a\u001b\u009b\nb", HELLO);
    assertTrue(first.contains("\nname=a\\u001b\\u009b\\nb\n"), first);
    Path file = Files.writeString(folder.resolve("f.properties"), first);
    assertEquals(plain(first), plain(run("config", "--config", file.toString())));
  }

  @Test
  void whatACommandPrintsIsShownAndNotObeyed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream terminal = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    try (Screen screen = new Screen(terminal)) {
      screen.println("a\u001b[31m\n\u00e4");
      screen.printf("%s%n", "b\u009b");
      screen.append("c\r\n").print((String) null);
    }
    assertEquals(
        "a\\x1b[31m\n\u00e4\nb\\u009b\nc\\r\nnull", bytes.toString(StandardCharsets.UTF_8));
  }

  private static String plain(String text) {
    return text.replaceAll("(?m)^# (default|from .*)$", "");
  }

  @Test
  void checkSaysOkOrTheMistake() throws Exception {
    assertEquals("ok\n", run("check", HELLO));
    assertEquals("ok\n", run("check", "--protocol=pubsub", "--option=pubsub.max-line=9", PUBSUB));
    assertEquals(
        "--option pubsub.max-lin=9: no such option: did you mean pubsub.max-line?",
        misuse("check", "--protocol=pubsub", "--option=pubsub.max-lin=9", PUBSUB));
    assertTrue(misuse("check", "--host=nobody.invalid", HELLO).contains("no such host"));
    assertTrue(misuse("check", "--listen=unix:/no/where", HELLO).contains("there is no folder"));
    assertTrue(misuse("check").startsWith("name one jar"));
    assertTrue(misuse("check", "@none").startsWith("@none: no such file"));
    assertTrue(misuse("check", "@none", "a.jar").startsWith("@none: no such file"));
    assertTrue(misuse("cache", "train", "a.jar", "@none").startsWith("@none: no such file"));
    assertTrue(misuse("scale", "@none").startsWith("@none: no such file"));
  }

  @Test
  void aJarThatBringsOneProtocolAndNoAppNeedsNoWordForIt() throws Exception {
    assertEquals("ok\n", run("check", "--option=pubsub.max-line=9", PUBSUB));
    String config = run("config", PUBSUB);
    assertTrue(config.contains("# from " + PUBSUB + ", which brings no other\nprotocol=pubsub\n"));
  }

  @Test
  void aMistypedCommandIsNoJar() throws Exception {
    assertEquals(
        "statsu: no such command, and no such file: did you mean status?", misuse("statsu"));
    assertTrue(misuse("stauts", "web").endsWith("did you mean status?"));
    assertTrue(misuse("serve").endsWith("spyglass --help lists the commands"));
    assertEquals("help listenin: did you mean listening?", misuse("help", "listenin"));
    assertEquals("help relaod: did you mean reload?", misuse("help", "relaod"));
  }

  @Test
  void aShortHelpHasTheCommandsFirstThenWhatMostPeopleNeedAndTheTopicsOfTheRest() throws Exception {
    String help = run("--help");
    assertTrue(help.lines().count() < 60, help);
    int commands = help.indexOf("Commands:\n");
    int options = help.indexOf("Options:\n");
    assertTrue(0 < commands && commands < options, help);
    Verb.words()
        .forEach(word -> assertTrue(help.substring(commands, options).contains(word), word));
    assertTrue(help.contains("--port=N") && !help.contains("--max-chunk-line"), help);
    for (Topic topic : Topic.values()) {
      assertTrue(help.substring(options).contains(topic.word()), help);
    }
    assertTrue(run("help", "http").contains("--max-chunk-line"));
    assertTrue(run("stop", "--help").contains("--run=DIR"));
  }

  @Test
  void helpListsTopicsAndTheOptionsOfOneAndWhatAJarsProtocolCanBeTold() throws Exception {
    assertTrue(run("help").contains("  listening\n"));
    assertFalse(run("help").contains("pubsub"));
    assertTrue(run("help", PUBSUB).contains("  pubsub\n"));
    String listening = run("help", "listening");
    assertTrue(listening.contains("--port N\n") && !listening.contains("--workers"), listening);
    assertTrue(run("help", "pubsub", PUBSUB).contains("--option pubsub.max-line=VALUE\n"));
    assertTrue(run("help", "check").startsWith("Usage: spyglass check"));
    assertTrue(misuse("help", "pubsub").startsWith("help pubsub: there is app, listening"));
  }
}
