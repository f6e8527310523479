package examples.dmq.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import examples.dmq.channel.Status;
import examples.dmq.wire.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * kill -9 at random moments, while numbered records are pushed and popped or consumed. {@code -Ddmq.kills=200} for many;
 * {@code -Ddmq.seed} repeats the pauses, though hardly the moments.
 */
final class KillTest {

  private static final int DEPTH = 50;
  private static final int MEMORY = 128 << 10;

  /** What the shortest record takes there. */
  private static final int LEAST = 8;

  /** Bytes of a consumer's batch, and what the shortest record takes in it. */
  private static final int BATCH = 1000;

  private static final int LEAST_SENT = 5;

  @TempDir private Path data;
  private final int kills = Integer.getInteger("dmq.kills", 5);
  private final long seed = Long.getLong("dmq.seed", System.nanoTime());
  private final Random random = new Random(seed);

  private final NavigableSet<Integer> acknowledged = new TreeSet<>();
  private final List<Integer> popped = new ArrayList<>();
  private int next;
  private int asked;

  @ParameterizedTest
  @ValueSource(strings = {"always", "sleep"})
  void nothingIsDoubledNorOutOfOrderAndNoMoreIsLostThanIsSaid(String sync) throws Exception {
    int lost = 0;
    try (Nodes node = new Nodes(data, "size=" + MEMORY, "sync=" + sync)) {
      for (int kill = 0; kill < kills; kill++) {
        boolean pops = random.nextBoolean();
        killWhile(node, pops);
        node.wake();
        lost += check(node, sync.equals("always"));
      }
      node.sleep();
      node.wake();
      drain(node);
    }
    check();
    System.out.printf(
        "sync=%s, seed %d: %d kills, %d sent, %d popped, %d lost%n",
        sync, seed, kills, next, popped.size(), lost);
  }

  private void killWhile(Nodes node, boolean pops) throws Exception {
    asked = 0;
    Thread pusher = Thread.ofVirtual().start(() -> push(node));
    boolean consumes = random.nextBoolean();
    Thread popper =
        Thread.ofVirtual()
            .start(() -> {
              if (consumes && pops) {
                consume(node);
              } else {
                pop(node, pops);
              }
            });
    Thread.sleep(20 + random.nextInt(150));
    node.kill();
    pusher.join();
    popper.join();
  }

  private void push(Nodes node) {
    try (Wire wire = new Wire(node.address())) {
      while (true) {
        int first = next;
        for (int i = 0; i < DEPTH; i++) {
          wire.send(Code.PUSH, "c", record(next++));
        }
        for (int i = 0; i < DEPTH; i++) {
          assertEquals(0, wire.receive().status());
          synchronized (acknowledged) {
            acknowledged.add(first + i);
          }
        }
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  private static byte[] record(int number) {
    return (number + "x".repeat(number % 90)).getBytes(UTF_8);
  }

  private static int number(byte[] record) {
    return Integer.parseInt(new String(record, UTF_8).replace("x", ""));
  }

  private void pop(Nodes node, boolean pops) {
    try (Wire wire = new Wire(node.address())) {
      while (pops) {
        popSome(wire);
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  private void consume(Nodes node) {
    try (Wire wire = new Wire(node.address())) {
      // There is never more than one batch on its way.
      asked = BATCH / LEAST_SENT;
      wire.send(Code.CONSUME, "c", ByteBuffer.allocate(Integer.BYTES).putInt(BATCH).array());
      while (true) {
        // The OK may come behind the first batch.
        Answer answer = wire.receive();
        ByteBuffer batch = ByteBuffer.wrap(answer.body());
        while (batch.hasRemaining()) {
          byte[] record = new byte[batch.getInt()];
          batch.get(record);
          popped.add(number(record));
        }
        if (answer.status() == Status.BATCH.code()) {
          wire.send(Code.CONTINUE, "", new byte[0]);
        }
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  /** Whether there were as many as were asked for. */
  private boolean popSome(Wire wire) throws IOException {
    for (int i = 0; i < DEPTH; i++) {
      asked++;
      wire.send(Code.POP, "c", new byte[0]);
    }
    boolean all = true;
    for (int i = 0; i < DEPTH; i++) {
      Answer answer = wire.receive();
      asked--;
      all &= answer.status() == 0;
      if (answer.status() == 0) {
        popped.add(number(answer.body()));
      }
    }
    return all;
  }

  /** After a restart: the first record there tells what is lost. */
  private int check(Nodes node, boolean always) throws IOException {
    int before = popped.isEmpty() ? -1 : popped.getLast();
    int inDoubt = asked;
    asked = 0;
    try (Wire wire = new Wire(node.address())) {
      if (popped.size() < acknowledged.size()) {
        popSome(wire);
      }
    }
    int first = Integer.MAX_VALUE;
    for (int number : popped) {
      first = number > before ? Math.min(first, number) : first;
    }
    int lost =
        first == Integer.MAX_VALUE
            ? acknowledged.tailSet(before, false).size()
            : acknowledged.subSet(before, false, first, false).size();
    // What a pop was about to hand out is gone with its answer.
    int most = always ? inDoubt : inDoubt + MEMORY / LEAST;
    assertTrue(lost <= most, "seed " + seed + ": " + lost + " lost, " + inDoubt + " in doubt");
    acknowledged.subSet(before, false, first, false).clear();
    return lost;
  }

  private void drain(Nodes node) throws IOException {
    try (Wire wire = new Wire(node.address())) {
      while (popSome(wire)) {
        assertTrue(popped.size() < next);
      }
    }
  }

  private void check() {
    for (int i = 1; i < popped.size(); i++) {
      assertTrue(
          popped.get(i) > popped.get(i - 1),
          "seed " + seed + ": " + popped.get(i) + " after " + popped.get(i - 1));
    }
    acknowledged.removeAll(popped);
    assertTrue(acknowledged.isEmpty(), "seed " + seed + ": never came " + acknowledged);
  }
}
