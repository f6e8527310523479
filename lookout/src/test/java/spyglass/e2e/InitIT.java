package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As the first process of a container, in each shell that may be /bin/sh there. */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class InitIT {

  @BeforeAll
  static void whereNamespacesCanBeMade() throws Exception {
    assumeTrue(new ProcessBuilder("unshare", "-pf", "--mount-proc", "true").start().waitFor() == 0);
    assumeTrue(Started.isInstalled("nsenter"));
  }

  @ParameterizedTest
  @CsvSource({"dash, TERM", "bash, INT", "busybox sh, TERM", "busybox sh, INT"})
  void what_it_is_told_it_passes_on_and_a_stranger_is_reaped(String shell, String signal)
      throws Exception {
    List<String> words = List.of(shell.split(" "));
    assumeTrue(Started.isInstalled(words.getFirst()));
    int port = Started.freePort();
    List<String> command = new ArrayList<>(List.of("unshare", "-pf", "--mount-proc"));
    command.addAll(words);
    command.addAll(List.of(Launcher.script(), "-v", "--listen=127.0.0.1:" + port));
    command.add(Launcher.example("slow"));
    try (Started server = Started.by(command)) {
      server.awaitLog("watching");
      long init = parent(server, server.named("spy-lookout").getFirst());
      orphan(server, init);
      try (Client client = new Client(port)) {
        client.ask("/?s=1");
        client.awaitFirstByte();
        Proc.kill("QUIT", init);
        server.awaitLog("Full thread dump");
        Proc.kill(signal, init);
        assertTrue(client.answer().body().endsWith("is done\n"));
      }
      assertEquals(0, server.awaitEnd());
    }
  }

  /** What listens on a container's own loopback, nobody outside can reach. */
  @Test
  void that_was_told_no_address_it_warns_of_being_reached_from_inside_alone() throws Exception {
    List<String> command = new ArrayList<>(List.of("unshare", "-pf", "--mount-proc"));
    command.addAll(List.of(Launcher.script(), "-v", "--port=0", Launcher.example("hello")));
    try (Started server = Started.by(command)) {
      server.awaitLog("listening on http://127.0.0.1:");
      server.awaitLog("watching");
      assertEquals(1, server.count("say --host 0.0.0.0"));
    }
  }

  private static long parent(Started server, long child) {
    return server.all().stream()
        .filter(proc -> proc.pid() == child)
        .map(Proc::parent)
        .findFirst()
        .orElseThrow();
  }

  /** A process whose parent ends first becomes init's, and then a zombie, for a moment. */
  private static void orphan(Started server, long init) throws Exception {
    Process stranger =
        new ProcessBuilder(
                "nsenter",
                "--target=" + init,
                "--pid",
                "--mount",
                "sh",
                "-c",
                "(exec 3<&0; read go <&3 & echo $!); exit")
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    assertEquals(0, stranger.waitFor());
    stranger.getOutputStream().close();
    server.await(
        "an init without zombies and strangers",
        () ->
            Proc.childrenOf(init).stream().map(Proc::name).toList().equals(List.of("spy-lookout")));
  }
}
