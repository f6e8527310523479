package examples.dmq.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import examples.dmq.store.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels that are removed or go to sleep while something is wrong. */
final class ChannelsTest {

  private static final Limits SLEEP = new Limits(64 << 10, List.of(), 1 << 20, 1000, false);

  @TempDir private Path root;

  private Channels open() throws Exception {
    return new Channels(root, SLEEP, 1 << 20, line -> {});
  }

  private static void push(Channels channels, String name) throws Exception {
    channels.push(name, "one".getBytes(UTF_8), 0, 3);
  }

  private static long records(Channels channels, Name name) throws Exception {
    return channels.use(
        name.channel(),
        found -> {
          long records = found.line(name.taker()).queue().records();
          found.keep();
          return records;
        });
  }

  @Test
  void aQueueThatCannotBeSavedHarmsNoOther() throws Exception {
    Channels channels = open();
    for (String each : List.of("a@news", "b@news", "c@other")) {
      records(channels, Name.parse(each));
    }
    push(channels, "news");
    push(channels, "other");
    // Where its folder should be there is a file.
    Path broken = root.resolve("a@news");
    Files.delete(broken);
    Files.write(broken, new byte[1]);
    assertThrows(IOException.class, channels::sleep);
    Files.delete(broken);
    Channels after = open();
    assertEquals(1, records(after, Name.parse("b@news")));
    assertEquals(1, records(after, Name.parse("c@other")));
    assertEquals(0, records(after, Name.parse("a@news")));
    after.sleep();
  }

  @Test
  void aQueueThatCannotBeRemovedGivesItsMemoryBack() throws Exception {
    Channels channels = new Channels(root, SLEEP, 128 << 10, line -> {});
    records(channels, Name.parse("a"));
    records(channels, Name.parse("b"));
    // A folder that is not ours is not deleted.
    Files.createDirectories(root.resolve("@a").resolve("strange").resolve("stranger"));
    assertThrows(IOException.class, () -> channels.remove(Name.parse("a"), () -> {}));
    assertEquals(0, records(channels, Name.parse("c")));
    assertEquals(List.of("b", "c"), channels.names());
    channels.sleep();
  }
}
