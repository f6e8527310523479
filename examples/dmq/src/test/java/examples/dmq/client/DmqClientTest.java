package examples.dmq.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import examples.dmq.LittleServer;
import examples.dmq.wire.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DmqClientTest {

  private static final Map<String, String> SMALL = Map.of("size", "256KiB", "sync", "always");

  @TempDir private Path data;

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "in vain: " + what);
      Thread.sleep(10);
    }
  }

  private static byte[] record(int number) {
    return ("record " + number).getBytes(UTF_8);
  }

  @Test
  void whatIsPushedToSomeNodeIsPoppedFromIt() throws Exception {
    try (LittleServer one = new LittleServer(0, data.resolve("1"), SMALL);
        LittleServer two = new LittleServer(0, data.resolve("2"), SMALL);
        DmqClient client = new DmqClient(List.of(one.address(), two.address()))) {
      Set<String> pushed = new HashSet<>();
      for (int i = 0; i < 100; i++) {
        client.push("news", record(i));
        pushed.add("record " + i);
      }
      Set<String> popped = new HashSet<>();
      for (Optional<byte[]> each = client.pop("news");
          each.isPresent();
          each = client.pop("news")) {
        assertTrue(popped.add(new String(each.get(), UTF_8)));
      }
      assertEquals(pushed, popped);
      assertThrows(IllegalArgumentException.class, () -> client.push("news", new byte[0]));
      assertThrows(IllegalArgumentException.class, () -> client.pop("no way"));
      assertThrows(IllegalArgumentException.class, () -> client.push("", "\1axy".getBytes(UTF_8)));
      assertThrows(IllegalArgumentException.class, () -> client.pop(""));
      assertThrows(IllegalArgumentException.class, () -> client.consume("", record -> {}));
    }
  }

  @Test
  void aClientWithoutNodesThatAreThereSaysSo() throws Exception {
    LittleServer gone = new LittleServer(0, data, SMALL);
    gone.close();
    try (DmqClient client = new DmqClient(List.of(gone.address()))) {
      assertThrows(IOException.class, () -> client.push("news", record(1)));
      assertThrows(IOException.class, () -> client.pop("news"));
      assertEquals(Map.of(gone.address(), false), client.nodes());
    }
  }

  @Test
  void connectionsThatNobodyUsesAreClosedSoThatNodesMaySleep() throws Exception {
    try (LittleServer node = new LittleServer(0, data, SMALL);
        DmqClient client = new DmqClient(List.of(node.address()))) {
      client.push("news", record(1));
      await("the connection is closed", () -> node.connections() == 0);
      assertTrue(client.pop("news").isPresent());
    }
  }

  @Test
  void aConsumptionLeavesANodeThatIsBusyAloneForLongerAndLonger() throws Exception {
    try (LittleServer node = new LittleServer(0, data, Map.of("connections", "1"));
        Wire wire = new Wire(node.address())) {
      wire.send(Code.GET_SIZE, "", new byte[0]);
      wire.receive();
      Peer peer = new Peer(node.address());
      try (Consumption all = new Consumption("news", List.of(peer), record -> {})) {
        await("it waits for longer", () -> peer.pause().toMillis() >= 700);
        assertEquals(Optional.empty(), all.failure());
      }
    }
  }

  @Test
  void twoConsumersShareAndTwoSubscribersGetAll() throws Exception {
    int records = 20_000;
    try (LittleServer node = new LittleServer(0, data, Map.of("size", "8MiB"));
        DmqClient client = new DmqClient(List.of(node.address()))) {
      client.push("news", record(0));
      client.pop("me@news");
      client.pop("you@news");
      AtomicInteger a = new AtomicInteger();
      AtomicInteger b = new AtomicInteger();
      AtomicInteger c = new AtomicInteger();
      try (Consumption first = client.consume("me@news", record -> a.incrementAndGet());
          Consumption second = client.consume("me@news", record -> b.incrementAndGet());
          Consumption other = client.consume("you@news", record -> c.incrementAndGet())) {
        await("all consume", () -> node.connections() == 3);
        for (int i = 0; i < records; i++) {
          client.push("news", record(i));
        }
        await("all have all", () -> a.get() + b.get() == records && c.get() == records);
        assertEquals(Optional.empty(), first.failure());
        assertEquals(Optional.empty(), second.failure());
        assertEquals(Optional.empty(), other.failure());
      }
      assertTrue(Math.abs(a.get() - b.get()) <= records * 5 / 100, a + " and " + b);
    }
  }

  @Test
  void noAcknowledgedRecordIsLostWhenOneOfThreeNodesSleepsIsKilledAndReturns() throws Exception {
    try (Nodes one = new Nodes(data.resolve("1"), "size=256KiB", "sync=always");
        Nodes two = new Nodes(data.resolve("2"), "size=256KiB", "sync=always");
        Nodes three = new Nodes(data.resolve("3"), "size=256KiB", "sync=always");
        DmqClient client = new DmqClient(List.of(one.address(), two.address(), three.address()))) {
      Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
      AtomicInteger next = new AtomicInteger();
      Thread pusher = Thread.ofVirtual().start(() -> push(client, next, acknowledged));
      awaitMore(acknowledged, 300);
      two.sleep();
      awaitMore(acknowledged, 300);
      assertFalse(client.nodes().getOrDefault(two.address(), true));
      two.wake();
      await("it is noticed", () -> client.nodes().getOrDefault(two.address(), false));
      two.kill();
      awaitMore(acknowledged, 300);
      two.wake();
      await("it is noticed", () -> client.nodes().getOrDefault(two.address(), false));
      awaitMore(acknowledged, 300);
      next.set(Integer.MIN_VALUE);
      pusher.join();
      Set<Integer> got = ConcurrentHashMap.newKeySet();
      List<Integer> doubled = new ArrayList<>();
      try (Consumption all = client.consume("news", record -> take(record, got, doubled))) {
        await("all are there", () -> got.containsAll(acknowledged));
        assertEquals(Optional.empty(), all.failure());
      }
      // A push that found its node dead went to another: only that one may be there twice.
      assertTrue(doubled.size() <= 2, doubled.toString());
    }
  }

  private static void take(byte[] record, Set<Integer> got, List<Integer> doubled) {
    int number = Integer.parseInt(new String(record, UTF_8).substring("record ".length()));
    if (!got.add(number)) {
      doubled.add(number);
    }
  }

  private static void push(DmqClient client, AtomicInteger next, Set<Integer> acknowledged) {
    for (int i = next.getAndIncrement(); i >= 0; i = next.getAndIncrement()) {
      try {
        client.push("news", record(i));
        acknowledged.add(i);
      } catch (IOException e) {
        // Then it is not acknowledged.
      }
    }
  }

  private static void awaitMore(Set<Integer> set, int more) throws InterruptedException {
    int until = set.size() + more;
    await(more + " more", () -> set.size() >= until);
  }
}
