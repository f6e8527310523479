package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake in a command: one line that names the culprit and a remedy, and nothing listens. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class BadInputIT {

  private static final String HELLO = Launcher.example("hello");
  private static final String CALL =
      "public Response call(Request request) { return Response.of(204); }";

  @TempDir private Path folder;

  @Test
  void no_jar() throws Exception {
    refused("name one jar", "app.jar");
  }

  @Test
  void two_jars() throws Exception {
    refused("name one jar", "app.jar", HELLO, HELLO);
  }

  @Test
  void a_jar_without_a_name() throws Exception {
    refused("name one jar", "app.jar", "");
  }

  @Test
  void a_jar_that_a_class_path_cannot_name() throws Exception {
    String jar = TestJar.in(folder).app("Colon", CALL).offering("Colon").write("a:b.jar");
    refused("a:b.jar: a colon ends a name on a class path", "rename", jar);
  }

  @Test
  void no_such_jar() throws Exception {
    refused("nowhere.jar: no such file", "give the path", "nowhere.jar");
  }

  @Test
  void no_jar_but_a_text() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.txt"), "Dear diary");
    refused("notes.txt is not a jar", "mvn package", text.toString());
  }

  @Test
  void no_jar_but_an_empty_file() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.jar"));
    refused("empty.jar is not a jar", "mvn package", empty.toString());
  }

  @Test
  void no_jar_but_a_folder() throws Exception {
    refused("is a folder", "give a jar", folder.toString());
  }

  @Test
  void a_jar_without_an_app() throws Exception {
    String jar = TestJar.in(folder).app("Unnamed", CALL).write("none.jar");
    refused("none.jar offers no app", "--app CLASS", jar);
  }

  @Test
  void a_jar_with_two_apps() throws Exception {
    String jar =
        TestJar.in(folder)
            .app("One", CALL)
            .app("Two", CALL)
            .offering("One", "Two")
            .write("two.jar");
    refused("two.jar offers 2 apps", "choose one with --app: One, Two", jar);
    // And the remedy helps.
    try (Tree tree = Tree.of("--app", "Two", jar)) {
      assertEquals(204, Client.get(tree.port(), "/").status());
    }
  }

  @Test
  void a_jar_that_names_an_app_it_does_not_hold() throws Exception {
    String jar = TestJar.in(folder).offering("Ghost").write("ghost.jar");
    refused("ghost.jar holds no class Ghost", "build it again", jar);
  }

  @Test
  void an_app_of_the_users_choice_that_is_not_there() throws Exception {
    refused("holds no class examples.Helo", "check the spelling", "--app", "examples.Helo", HELLO);
  }

  @Test
  void a_class_that_is_no_app() throws Exception {
    String jar =
        TestJar.in(folder).type("Plain", "public class Plain {}").offering("Plain").write("p.jar");
    refused("Plain is no app", "implement spyglass.http.App", jar);
  }

  @Test
  void an_app_that_cannot_be_made() throws Exception {
    String jar = TestJar.withApp(folder, "Picky", "public Picky(int size) {}" + CALL);
    refused("Picky cannot be made", "public constructor that takes nothing", jar);
  }

  @Test
  void an_app_for_a_newer_JDK() throws Exception {
    String jar =
        TestJar.in(folder)
            .app("Future", CALL)
            .fromTheFuture("Future")
            .offering("Future")
            .write("future.jar");
    refused("future.jar needs Java 55", "--release", jar);
  }

  @ParameterizedTest
  @CsvSource({
    "--port, abc",
    "--port, 65536",
    "--port, -1",
    "--port, ''",
    "--port, 4222.5",
    "--workers, 0",
    "--workers, -1",
    "--workers, 99999999999",
    "--workers, x",
    "--threads, 0",
    "--threads, -1",
    "--threads, 99999999999",
    "--threads, x",
    "--timeout, 0",
    "--timeout, -1",
    "--timeout, 99999999999",
    "--timeout, x",
    "--backlog, 0",
    "--drain, 0",
    "--wake-deadline, 0",
    "--request-timeout, -1",
  })
  void a_number_that_is_none_or_too_small_or_absurd(String option, String value) throws Exception {
    refused(option + " " + value + ": ", "give a whole number from ", option, value, HELLO);
  }

  @ParameterizedTest
  @CsvSource({"64MB", "-1", "999999999999GiB", "''"})
  void a_size_that_is_none_or_absurd(String size) throws Exception {
    refused("--max-body " + size + ": ", "like 65536 or 64MiB", "--max-body", size, HELLO);
  }

  @Test
  void a_heap_in_which_no_worker_fits() throws Exception {
    refused("--heap 1MiB: ", "a worker needs 16MiB or more", "--heap", "1MiB", HELLO);
  }

  @ParameterizedTest
  @CsvSource({
    "--prot, --port",
    "--prot=4222, --port",
    "--worker, --workers",
    "--theads, --threads",
    "--time-out, --timeout",
    "--verbos, --verbose",
  })
  void an_option_with_a_typo(String typo, String meant) throws Exception {
    String name = typo.replaceFirst("=.*", "");
    refused("unknown option " + name, "did you mean " + meant + "?", typo, HELLO);
  }

  @Test
  void a_name_inside_a_jar_does_not_speak_to_the_terminal() throws Exception {
    String jar = TestJar.in(folder).offering("No\u001b[31mApp\u009b").write("escape.jar");
    refused("holds no class No\\x1b[31mApp\\u009b: ", "build it again", jar);
  }

  @Test
  void a_name_of_a_jar_with_a_line_end_forges_no_line() throws Exception {
    refused("a\\n[1] [Master] b\\x1b.jar: ", "give the path", "a\n[1] [Master] b\u001b.jar");
  }

  @Test
  void an_option_like_no_other() throws Exception {
    refused("unknown option --frobnicate", "--help lists them", "--frobnicate", HELLO);
  }

  @Test
  void an_option_without_its_value() throws Exception {
    refused("'--port'", "--help", HELLO, "--port");
  }

  @Test
  void a_port_in_use() throws Exception {
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(held.getLocalPort());
      String us = "pid " + ProcessHandle.current().pid();
      refused(
          "--port " + port + " is in use by java, " + us, "choose another", "--port", port, HELLO);
    }
  }

  @Test
  void a_port_for_root_only() throws Exception {
    assumeTrue(!Started.isRoot(), "this is root");
    String free = Files.readString(Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start"));
    assumeTrue(Integer.parseInt(free.strip()) > 81, "low ports are free for all here");
    refused("--port 81 is for root only", "choose one above 1023", "--port", "81", HELLO);
  }

  @Test
  void an_unknown_host() throws Exception {
    refused("--host nobody.invalid: no such host", "give a", "--host", "nobody.invalid", HELLO);
  }

  @Test
  void the_address_of_another_machine() throws Exception {
    // 192.0.2.0/24 is nobody's: it is for examples (RFC 5737).
    refused("--host 192.0.2.1 is not an address of this", "give one", "--host", "192.0.2.1", HELLO);
  }

  @Test
  void a_JDK_that_is_none() throws Exception {
    Launcher.Run run = Launcher.start(Map.of("SPYGLASS_JAVA_HOME", "/nowhere"), HELLO);
    Launcher.refused(run, "SPYGLASS_JAVA_HOME=/nowhere", "JDK");
  }

  private static void refused(String culprit, String remedy, String... args) throws Exception {
    Launcher.refused(Launcher.start(Map.of(), args), culprit, remedy);
  }
}
