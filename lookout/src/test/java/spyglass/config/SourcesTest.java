package spyglass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("f.properties"), text);
  }

  private static Configuration read(Map<String, String> environment, Object... typed)
      throws Misuse {
    List<Said> said = new ArrayList<>();
    for (int i = 0; i < typed.length; i += 2) {
      said.add(new Said(typed[i].toString(), typed[i + 1].toString(), new Origin.Typed()));
    }
    return Sources.read(environment, said);
  }

  private String misuse(Map<String, String> environment, Object... typed) {
    Misuse e = assertThrows(Misuse.class, () -> read(environment, typed));
    return String.valueOf(e.getMessage()).replace(folder.toString(), "DIR");
  }

  private String mistakeIn(String text) throws IOException {
    return misuse(Map.of(), "config", file(text));
  }

  @Test
  void javaOptsIsHeededUnlessSomethingOfOursIsSaid() throws Exception {
    assertEquals(
        "-Xss1m", Sources.read(Map.of("JAVA_OPTS", "-Xss1m"), List.of()).text("java-opts"));
    Map<String, String> both = Map.of("JAVA_OPTS", "-Xss1m", "SPYGLASS_JAVA_OPTS", "-Xss2m");
    assertEquals("-Xss2m", Sources.read(both, List.of()).text("java-opts"));
  }

  @Test
  void whatOthersAreToldInJavaOptsIsLeftOutAndNamedOnce() throws Exception {
    Map<String, String> tomcats =
        Map.of("JAVA_OPTS", "-server -Xss1m -javaagent:/x.jar -Xshare:auto");
    Configuration options = read(tomcats);
    assertEquals("-Xss1m", options.text("java-opts"));
    assertEquals(
        "JAVA_OPTS: left out, as they are none for a worker: -server -javaagent:/x.jar"
            + " -Xshare:auto: --java-opts, if given, counts instead",
        Variables.leftOut(tomcats, options).getFirst());
    assertEquals(List.of(), Variables.leftOut(tomcats, read(tomcats, "java-opts", "-Xss2m")));
    Map<String, String> fit = Map.of("JAVA_OPTS", "-Xss1m");
    assertEquals(List.of(), Variables.leftOut(fit, read(fit)));
  }

  @Test
  void whatKubernetesTellsOfAServiceIsLeftOutAndNamedOnce() throws Exception {
    Map<String, String> links = new TreeMap<>();
    for (String service : List.of("SPYGLASS", "SPYGLASS_WEB")) {
      links.put(service + "_PORT", "tcp://10.96.0.1:4222");
      links.put(service + "_SERVICE_HOST", "10.96.0.1");
      links.put(service + "_SERVICE_PORT", "4222");
      links.put(service + "_SERVICE_PORT_HTTP", "4222");
      links.put(service + "_PORT_4222_TCP", "tcp://10.96.0.1:4222");
      links.put(service + "_PORT_4222_TCP_ADDR", "10.96.0.1");
      links.put(service + "_PORT_4222_TCP_PORT", "4222");
      links.put(service + "_PORT_4222_TCP_PROTO", "tcp");
    }
    Configuration options = read(links);
    assertEquals(false, options.isSet("port"));
    List<String> told = Variables.leftOut(links, options);
    assertEquals(1, told.size());
    assertTrue(told.getFirst().contains("enableServiceLinks: false"), told::toString);
    Variables.clear(links);
    assertEquals(Map.of(), links);
    assertEquals("8080", read(Map.of("SPYGLASS_PORT", "8080")).text("port"));
    assertTrue(misuse(Map.of("SPYGLASS_SERVICE", "1")).startsWith("SPYGLASS_SERVICE sets nothing"));
  }

  @Test
  void aFileMayBeginWithAByteOrderMark() throws Exception {
    assertEquals("3", read(Map.of(), "config", file("\ufeffport=3\n")).text("port"));
    assertTrue(mistakeIn("port=3\n\ufeffport=4\n").contains(":2: unknown key"));
  }

  @Test
  void theLaterWinsAndAFileStandsWhereItIsNamed() throws Exception {
    Path file = file("port=3\n");
    Map<String, String> environment = Map.of("SPYGLASS_PORT", "5", "PORT", "x");
    assertEquals(4222, read(Map.of()).number("port"));
    assertEquals(5, read(environment).number("port"));
    assertEquals(3, read(environment, "config", file).number("port"));
    assertEquals(2, read(environment, "port", 1, "config", file, "port", 2).number("port"));
    assertEquals(3, read(environment, "port", 1, "config", file).number("port"));
    assertEquals(2, read(Map.of(), "port", 1, "port", 2).number("port"));
  }

  @Test
  void everyValueTellsItsOrigin() throws Exception {
    Path file = file("# ours\n\nworkers: 3\n");
    Configuration all = read(Map.of("SPYGLASS_DRAIN", "7"), "config", file, "port", 1);
    assertEquals("default", all.said("host").origin().comment());
    assertEquals("from SPYGLASS_DRAIN", all.said("drain").origin().comment());
    assertEquals("from " + file + ":3", all.said("workers").origin().comment());
    assertEquals("from the command line", all.said("port").origin().comment());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "workrs=3 | DIR/f.properties:2: unknown key workrs: did you mean workers?",
        "config=x | DIR/f.properties:2: unknown key config: spyglass --help lists them, without"
            + " their --",
        "port=x | DIR/f.properties:2: port=x: give a whole number from 0 to 65535",
        "max-body=1MB | DIR/f.properties:2: max-body=1MB: give a number of bytes, like 65536 or"
            + " 64MiB, at most 1024GiB",
        "proxy-protocol=yes | DIR/f.properties:2: proxy-protocol=yes: give true or false",
        "port | DIR/f.properties:2: port=: give a whole number from 0 to 65535",
        "app=\\u12 | DIR/f.properties:2: app=\\u12: a \\u wants four hexadecimal digits: write \\\\u",
      })
  void aMistakeInAFileNamesTheLineAndTheRemedy(String line, String message) throws Exception {
    assertEquals(message, mistakeIn("drain=1\n" + line + "\n"));
  }

  @Test
  void aValueThatIsOverruledMustBeRightAllTheSame() throws Exception {
    String message = misuse(Map.of(), "config", file("port=x"), "port", 1);
    assertEquals("DIR/f.properties:1: port=x: give a whole number from 0 to 65535", message);
  }

  @Test
  void anEntryOverSeveralLinesHasTheFirstOnesNumber() throws Exception {
    String message = mistakeIn("# a comment ends with its line \\\nworkers=\\\n  x\nport=1\n");
    assertEquals("DIR/f.properties:2: workers=x: give a whole number from 1 to 256", message);
    Configuration all = read(Map.of(), "config", file("app=a.\\\n   B\nport=1\\\n"));
    assertEquals("a.B", all.text("app"));
    assertEquals(1, all.number("port"));
  }

  @Test
  void whatIsNoFileOfTextIsNamed() throws Exception {
    assertEquals(
        "--config DIR/none cannot be read (no such file): check its name and permissions",
        misuse(Map.of(), "config", folder.resolve("none")));
    assertEquals("--config DIR is a folder: give a file", misuse(Map.of(), "config", folder));
    Path binary = Files.write(folder.resolve("b"), new byte[] {'a', (byte) 0xff, '='});
    assertEquals("--config DIR/b is not UTF-8: write it anew", misuse(Map.of(), "config", binary));
  }

  @Test
  void aVariableThatSetsNothingNamesTheNearestAndOurOwnAreKnown() throws Exception {
    assertEquals(
        "SPYGLASS_PROT sets nothing: did you mean SPYGLASS_PORT?",
        misuse(Map.of("SPYGLASS_PROT", "1")));
    assertEquals(
        "SPYGLASS_MAX_BODY=x: give a number of bytes, like 65536 or 64MiB, at most" + " 1024GiB",
        misuse(Map.of("SPYGLASS_MAX_BODY", "x")));
    read(Map.of("SPYGLASS_JAVA_HOME", "/jdk", "SPYGLASS_PARENT", "1", "SPYGLASS_REHEARSAL", ""));
  }

  @Test
  void pathsInAFileBeginInItsFolderAndThoseOfTheCommandLineWhereOneIs() throws Exception {
    Configuration all =
        read(Map.of(), "config", file("jar=a.jar\nlib=x:/y\nlisten=unix:run/s\n"), "lib", "z");
    assertEquals(List.of(folder.resolve("a.jar")), all.paths("jar"));
    assertEquals(List.of(folder.resolve("x"), Path.of("/y"), Path.of("z")), all.paths("lib"));
    assertEquals("unix:" + folder.resolve("run/s"), all.text("listen"));
  }

  @Test
  void oneAddressInTwoWordsIsAMistakeInOnePlaceAndOverruledByALaterOne() throws Exception {
    assertEquals(
        "--listen 1 and --port: give one or the other",
        misuse(Map.of(), "listen", "1", "port", "2"));
    Map<String, String> environment = Map.of("SPYGLASS_PORT", "5");
    Endpoint endpoint = Address.of(read(environment, "listen", "127.0.0.1:6"));
    assertEquals(6, ((Endpoint.Tcp) endpoint).port());
    endpoint = Address.of(read(Map.of("SPYGLASS_LISTEN", "unix:x"), "port", "7"));
    assertEquals(7, ((Endpoint.Tcp) endpoint).port());
  }

  @Test
  void whatProtocolsAreToldIsOneThingWhereverItIsSaid() throws Exception {
    Configuration all =
        read(
            Map.of("SPYGLASS_OPTION", "a.x=1"),
            "config",
            file("option.a.y=2\noption.a.z=3"),
            "option",
            "a.z=b=4");
    assertEquals(List.of("a.x", "a.y", "a.z"), List.copyOf(all.told().keySet()));
    assertEquals("b=4", all.text("option.a.z"));
    assertEquals("--option x: give PROTOCOL.OPTION=VALUE", misuse(Map.of(), "option", "x"));
  }

  @Test
  void whatIsPrintedIsReadAgainAsTheSame() throws Exception {
    Path nasty = file("app=\\ a\\\\b\\tc\\u00e9 #!\ntrust=10.0.0.0/8,unix\nlisten=unix:s\n");
    Configuration first = read(Map.of("SPYGLASS_QUEUE", "7"), "config", nasty, "option", "a.b= c=");
    List<Setting> ofProtocols =
        List.of(
            new Setting(Topic.PROTOCOLS, "option.a.b", "", new Kind.Text("V"), "One."),
            new Setting(Topic.PROTOCOLS, "option.a.c", "d", new Kind.Text("V"), "Two."));
    String text = ConfigText.of(first, ofProtocols);
    Configuration second = read(Map.of(), "config", file(text));
    assertEquals(plain(text), plain(ConfigText.of(second, ofProtocols)));
    for (String name : List.of("app", "trust", "listen", "queue", "option.a.b", "workers")) {
      assertEquals(first.text(name), second.text(name));
    }
    assertEquals("d", second.text("option.a.c"));
  }

  private static String plain(String text) {
    return text.replaceAll("(?m)^# (default|from .*)$", "");
  }
}
