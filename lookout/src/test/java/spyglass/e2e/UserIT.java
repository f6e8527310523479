package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --user}: root opens, and somebody else serves. Only root can try it. */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class UserIT {

  private static final String HELLO = Launcher.example("hello");
  private static final String USER = "nobody";
  private static final List<String> AS_USER =
      List.of("setpriv", "--reuid=" + USER, "--regid=nogroup", "--clear-groups");

  @TempDir private Path folder;

  @BeforeEach
  void onlyAsRootAndWhereOthersMayRead() throws Exception {
    assumeTrue(Started.isRoot() && Started.isInstalled("setpriv"));
    List<String> look = new ArrayList<>(AS_USER);
    look.addAll(List.of("test", "-r", HELLO));
    assumeTrue(new ProcessBuilder(look).start().waitFor() == 0);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static List<String> status(long pid, String... fields) throws IOException {
    List<String> wanted = List.of(fields);
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> wanted.contains(line.replaceFirst(":.*", "")))
        .map(line -> line.replaceAll("\\s+", " ").strip())
        .toList();
  }

  private static String id(String... question) throws Exception {
    Process process = new ProcessBuilder(question).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void every_process_is_the_users_in_all_its_numbers_and_so_is_what_it_writes_to()
      throws Exception {
    String uid = id("id", "-u", USER);
    String gid = id("id", "-g", USER);
    Path data = folder.resolve("data");
    Path socket = folder.resolve("app.sock");
    try (Tree tree =
        Tree.on(
            "unix:" + socket,
            "--user=" + USER,
            "--data=" + data,
            "--pid-file=" + folder.resolve("pid"),
            HELLO)) {
      try (var client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        client.write(
            ByteBuffer.wrap(
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        tree.awaitAwake(2);
      }
      for (Proc proc : tree.all()) {
        assertEquals(
            List.of(
                "Uid: " + String.join(" ", uid, uid, uid, uid),
                "Gid: " + String.join(" ", gid, gid, gid, gid),
                "Groups: " + gid,
                "CapPrm: 0000000000000000",
                "CapEff: 0000000000000000"),
            status(proc.pid(), "Uid", "Gid", "Groups", "CapPrm", "CapEff"),
            proc.toString());
        String environ = Files.readString(Path.of("/proc/" + proc.pid() + "/environ"));
        assertTrue(("\0" + environ).contains("\0USER=" + USER + "\0"), environ);
      }
      for (Path each : List.of(data, socket, folder.resolve("pid"))) {
        assertEquals(Integer.parseInt(uid), Files.getAttribute(each, "unix:uid"), each.toString());
      }
    }
    // Its folder is root's, so it can only be emptied.
    assertEquals("", Files.readString(folder.resolve("pid")));
    Files.delete(folder.resolve("pid"));
  }

  @Test
  void the_group_can_be_another_and_somebody_whom_nobody_knows_is_a_mistake() throws Exception {
    String gid = id("id", "-g", "daemon");
    try (Tree tree = Tree.of("--user=" + USER, "--group=daemon", HELLO)) {
      assertEquals(
          List.of("Gid: " + String.join(" ", gid, gid, gid, gid), "Groups: " + gid),
          status(tree.lookout(), "Gid", "Groups"));
      assertEquals(200, Client.get(tree.port(), "/").status());
    }
    refused("--user who: there is no such user", List.of(), "--user", "who");
    refused("--group who: there is no such group", List.of(), "--group", "who");
  }

  @Test
  void whoever_is_not_root_can_only_be_himself() throws Exception {
    refused("only root can be somebody else", AS_USER, "--user", "daemon");
    refused("only root can be somebody else", AS_USER, "--user", "root");
  }

  @Test
  void a_jar_that_the_user_may_not_read_is_a_mistake() throws Exception {
    Path jar = Files.copy(Path.of(HELLO), folder.resolve("secret.jar"));
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-------"));
    Launcher.Run run =
        Launcher.finish(Map.of(), "--listen", "127.0.0.1:0", "--user=" + USER, jar.toString());
    assertEquals(100, run.process().exitValue());
    assertTrue(run.lines().getLast().contains("secret.jar cannot be read by " + USER));
  }

  @Test
  void a_port_that_only_root_can_have_is_a_mistake_before_anybody_hears_of_the_server()
      throws Exception {
    assumeTrue(Integer.parseInt(id("cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start")) > 9);
    refused(
        "--metrics 127.0.0.1:9: only root can listen there, and the server becomes " + USER,
        List.of(),
        "--metrics=127.0.0.1:9",
        "--user=" + USER);
  }

  private static void refused(String culprit, List<String> as, String option, String who)
      throws Exception {
    List<String> command = new ArrayList<>(as);
    command.addAll(List.of(Launcher.script(), "--listen", "127.0.0.1:0", option, who, HELLO));
    Launcher.refused(Launcher.start(Map.of(), command), culprit);
  }
}
