package examples.dmq.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import examples.dmq.store.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to consumers, and what becomes of what cannot be. */
final class LineTest {

  private static final Limits ALWAYS = new Limits(64 << 10, List.of(), 1 << 20, 1000, true);

  @TempDir private Path root;

  /** Somebody who takes nothing: he has no room, or seems to have some. */
  private record Stuck(boolean hasRoom) implements Consumer {
    @Override
    public int most() {
      return 1000;
    }

    @Override
    public void begin(Out out) {}

    @Override
    public void before(Out out, int length) {}

    @Override
    public void after(Out out) {}

    @Override
    public void end(Out out) {}

    @Override
    public boolean hasRoom(int bytes) {
      return hasRoom;
    }

    @Override
    public boolean offer(byte[] batch) {
      return false;
    }

    @Override
    public void close() {}

    @Override
    public boolean wantsMore() {
      return false;
    }
  }

  private static Channels open(Path folder) throws Exception {
    return new Channels(folder, ALWAYS, 1 << 20, line -> {});
  }

  /** What a kill -9 would leave now. */
  private Path copy(Path to) throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve("channels"))) {
      for (Path from : all.toList()) {
        Files.copy(from, to.resolve(root.resolve("channels").relativize(from).toString()));
      }
    }
    return to;
  }

  private static Channel pushOneBeside(Stuck consumer, Channels channels) throws Exception {
    return channels.use(
        "news",
        found -> {
          found.line("").join(consumer);
          found.push("one".getBytes(UTF_8), 0, 3);
          return found;
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBatchThatWasNotSentSurvivesAKill(boolean hasRoom) throws Exception {
    Channels channels = open(root.resolve("channels"));
    Channel channel = pushOneBeside(new Stuck(hasRoom), channels);
    channel.commit();
    synchronized (channel) {
      channel.serve();
    }
    Channels after = open(copy(root.resolve("copy")));
    long left = after.use("news", found -> found.line("").queue().records());
    assertEquals(1, left);
    after.sleep();
    channels.sleep();
  }

  @Test
  void whoServesAChannelThatWasRemovedMeanwhileDoesNothingWrong() throws Exception {
    Channels channels = open(root.resolve("channels"));
    Channel channel = pushOneBeside(new Stuck(true), channels);
    channels.remove(Name.parse("news"), () -> {});
    channel.commit();
    synchronized (channel) {
      channel.serve();
    }
    channels.sleep();
  }
}
