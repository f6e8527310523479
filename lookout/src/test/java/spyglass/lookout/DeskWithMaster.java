package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import spyglass.control.Figures;

/** A lookout and a master that is pretended. */
abstract class DeskWithMaster {

  @TempDir Path folder;

  /** Says its pid in a file, serves until TERM or until there is a file "go". */
  final String master() {
    return "echo $$ >"
        + folder
        + "/pid; mv "
        + folder
        + "/pid "
        + folder
        + "/master;"
        + " trap 'exit 0' TERM; printf r; while [ ! -e "
        + folder
        + "/go ]; do sleep 0.02; done;"
        + " rm "
        + folder
        + "/go";
  }

  final TestLookout awake() throws Exception {
    TestLookout lookout = new TestLookout(folder, master());
    assertEquals("ok waking\n", lookout.ask("wake"));
    assertEquals("order", lookout.awaitState("awake").text("last-wake-reason"));
    return lookout;
  }

  /** The master's end of the connection. */
  final class PretendedMaster implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader lines;

    PretendedMaster(TestLookout lookout) throws Exception {
      channel = lookout.connect();
      lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      say("master " + Files.readString(folder.resolve("master")));
    }

    void say(String text) throws Exception {
      TestLookout.say(channel, text);
    }

    String hear() throws Exception {
      return String.valueOf(lines.readLine());
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Asks for the status until the master is asked for it, and answers. */
  static Figures asked(PretendedMaster master, TestLookout lookout, String answer)
      throws Exception {
    List<String> told = new ArrayList<>();
    Thread asker =
        Thread.ofVirtual()
            .start(() -> {
              // Before it has connected, a master counts as silent.
              while (told.isEmpty() || told.contains("master-silent true")) {
                told.clear();
                told.addAll(ask(lookout));
              }
            });
    assertEquals("status", master.hear());
    master.say(answer);
    asker.join();
    return Figures.of(String.join("\n", told));
  }

  static List<String> ask(TestLookout lookout) {
    try {
      return lookout.ask("status").lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
