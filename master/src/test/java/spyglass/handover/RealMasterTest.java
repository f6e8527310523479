package spyglass.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static spyglass.handover.TestPair.hear;
import static spyglass.handover.TestPair.say;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.process.Exit;
import spyglass.process.Parent;
import spyglass.process.ParentPipe;

/** A real master that accepts, with workers that only pretend to be some. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // each test starts one
class RealMasterTest {

  private static final int PID_LENGTH = 10;

  private final List<SocketChannel> clients = new ArrayList<>();
  private Process master;
  private InetSocketAddress address;

  private void start(String accept, int workers, Class<?> worker) throws IOException {
    List<String> command = java();
    command.add(PretendServer.Listener.class.getName());
    command.addAll(List.of("--accept", accept, "--workers", "" + workers, "--single", "false"));
    command.addAll(List.of("--timeout", "30", "--drain", "5", "--wake-deadline", "30"));
    command.addAll(List.of("--awake-at-least", "0", "--stuck-timeout", "30"));
    command.addAll(List.of("--max-requests", "0", "--max-memory", "0", "--"));
    command.addAll(java());
    command.add(worker.getName());
    ProcessBuilder builder = new ProcessBuilder(ParentPipe.before(command));
    Parent.tell(builder.environment());
    master = builder.start();
    String line = master.errorReader().readLine();
    while (!line.startsWith("port ")) {
      line = master.errorReader().readLine();
    }
    int port = Integer.parseInt(line.substring("port ".length()));
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Thread.ofPlatform().daemon().start(() -> drain(master.errorReader()));
  }

  private static void drain(BufferedReader log) {
    log.lines().forEach(line -> {});
  }

  private static List<String> java() {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path")));
  }

  @AfterEach
  void endInOrder() throws Exception {
    master.destroy();
    assertEquals(Exit.FINE, master.waitFor());
    for (SocketChannel client : clients) {
      client.close();
    }
  }

  private SocketChannel connect() throws IOException {
    SocketChannel client = SocketChannel.open(address);
    clients.add(client);
    return client;
  }

  /** Who has it: the first thing a pretended worker says. */
  private static long holder(SocketChannel client) throws IOException {
    return Long.parseLong(hear(client, PID_LENGTH).strip());
  }

  private static void converse(SocketChannel client) throws IOException {
    say(client, "x");
    assertEquals("x", hear(client, 2), "and then the end");
  }

  private static int descriptors(long pid) {
    return Objects.requireNonNull(new File("/proc/" + pid + "/fd").list()).length;
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private void awaitDescriptors(long pid, int count) {
    await(() -> descriptors(pid) <= count);
  }

  @Test
  void twoWorkersWithRoomForOneEachHaveOneEachAndTheThirdWaits() throws Exception {
    start("pass", 2, PretendServer.Passed.class);
    SocketChannel first = connect();
    SocketChannel second = connect();
    long firstHolder = holder(first);
    assertNotEquals(firstHolder, holder(second));
    SocketChannel third = connect();
    say(third, "y");
    converse(first);
    assertEquals(firstHolder, holder(third));
    assertEquals("y", hear(third, 2));
    converse(second);
  }

  @Test
  void aConnectionWhoseWorkerDiesBeforeItHasBegunGoesToAnother() throws Exception {
    start("pass", 1, PretendServer.Passed.class);
    SocketChannel client = connect();
    long first = holder(client);
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    assertNotEquals(first, holder(client));
    converse(client);
  }

  @Test
  void fiveHundredAreServedAndNeitherMasterNorWorkerHasMoreDescriptorsThanBefore()
      throws Exception {
    start("pass", 1, PretendServer.Passed.class);
    SocketChannel warm = connect();
    long worker = holder(warm);
    converse(warm);
    SocketChannel again = connect();
    holder(again);
    int masters = descriptors(master.pid());
    int workers = descriptors(worker);
    converse(again);
    for (int i = 0; i < 500; i++) {
      try (SocketChannel client = SocketChannel.open(address)) {
        assertEquals(worker, holder(client));
        converse(client);
      }
    }
    awaitDescriptors(master.pid(), masters - 1);
    awaitDescriptors(worker, workers - 1);
  }

  @Test
  void aWorkersEndOfTheLinkIsOutOfAnAppsReach() throws Exception {
    start("pass", 1, PretendServer.Passed.class);
    SocketChannel client = connect();
    Path input = Path.of("/proc/" + holder(client) + "/fd/0");
    assertEquals("/dev/null", Files.readSymbolicLink(input).toString());
    converse(client);
  }

  @Test
  void eachConnectionGetsAProcessAndNoMoreThanWorkersLive() throws Exception {
    start("spawn", 2, PretendServer.Spawned.class);
    SocketChannel first = connect();
    SocketChannel second = connect();
    long one = holder(first);
    long other = holder(second);
    assertNotEquals(one, other);
    SocketChannel third = connect();
    say(third, "y");
    assertTrue(ProcessHandle.of(one).isPresent());
    converse(first);
    long fresh = holder(third);
    assertNotEquals(one, fresh);
    assertEquals("y", hear(third, 2));
    converse(second);
  }

  @Test
  void aMasterThatSpawnsKeepsNoDescriptorOfAConnection() throws Exception {
    start("spawn", 1, PretendServer.Spawned.class);
    SocketChannel warm = connect();
    holder(warm);
    int before = descriptors(master.pid());
    converse(warm);
    for (int i = 0; i < 5; i++) {
      SocketChannel client = connect();
      holder(client);
      converse(client);
    }
    awaitDescriptors(master.pid(), before);
  }
}
