package spyglass.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static spyglass.handover.TestPair.descriptors;
import static spyglass.handover.TestPair.hear;
import static spyglass.handover.TestPair.listen;
import static spyglass.handover.TestPair.say;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import spyglass.master.Descriptors.Said;
import spyglass.unix.Descriptor;

/** Real descriptors through a real socketpair. */
@SuppressWarnings("try") // connections are closed when it matters, and again when all is done
@Isolated("it counts the descriptors of this process")
class PassingTest {

  private static final int MANY = 1000;

  /** Passes one connection whose client says a word, and has it answered by who received it. */
  private static void passOne(TestPair pair, ServerSocketChannel listener, long number)
      throws IOException {
    try (SocketChannel client = SocketChannel.open(listener.getLocalAddress());
        SocketChannel accepted = listener.accept()) {
      say(client, "in");
      pair.master.pass(accepted, number);
      SocketChannel received = pair.worker.receive().orElseThrow();
      assertEquals("in", hear(received, 2));
      assertEquals(accepted.getRemoteAddress(), received.getRemoteAddress());
      assertEquals(accepted.getLocalAddress(), received.getLocalAddress());
      pair.worker.begun(received);
      assertEquals(Optional.of(new Said.Begun(number)), pair.master.hear());
      // As the master does when a worker has begun: the client sees nothing of it.
      accepted.close();
      say(received, "out");
      received.close();
      assertEquals("out", hear(client, 4), "and then the end");
    }
  }

  @Test
  void aThousandConnectionsArePassedAndNoDescriptorIsLeft() throws Exception {
    try (TestPair pair = new TestPair();
        ServerSocketChannel listener = listen()) {
      passOne(pair, listener, 1);
      int before = descriptors();
      for (int i = 0; i < MANY; i++) {
        passOne(pair, listener, i + 2);
      }
      assertEquals(before, descriptors());
      assertEquals(MANY + 1, pair.worker.received());
      assertEquals(MANY + 1, pair.worker.toldBegun());
    }
  }

  @Test
  void aThousandComeInOrderToAThreadThatWaitsForThem() throws Exception {
    int before;
    try (TestPair pair = new TestPair();
        TestVisit visit = new TestVisit(listen())) {
      before = descriptors();
      FutureTask<Long> receiver = new FutureTask<>(() -> receiveAll(pair));
      Thread.ofPlatform().start(receiver);
      for (long number = 1; number <= MANY; number++) {
        // A worker gets no more than it has asked for.
        assertEquals(Optional.of(new Said.Asked(1)), pair.master.hear());
        pair.master.pass(visit.accepted(), number * 10);
        assertEquals(Optional.of(new Said.Begun(number * 10)), pair.master.hear());
      }
      assertEquals(Optional.of(new Said.Asked(1)), pair.master.hear());
      pair.master.end();
      assertEquals(MANY, receiver.get());
      assertEquals(before, descriptors());
    }
  }

  private static long receiveAll(TestPair pair) throws IOException {
    pair.worker.ask(1);
    Optional<SocketChannel> connection = pair.worker.receive();
    while (connection.isPresent()) {
      pair.worker.begun(connection.get());
      pair.worker.begun(connection.get());
      connection.get().close();
      pair.worker.ask(1);
      connection = pair.worker.receive();
    }
    return pair.worker.received();
  }

  @Test
  void connectionsOfAllFamiliesArePassed(@TempDir Path folder) throws Exception {
    InetAddress six = InetAddress.ofLiteral("::1");
    UnixDomainSocketAddress path = UnixDomainSocketAddress.of(folder.resolve("socket"));
    try (TestPair pair = new TestPair();
        ServerSocketChannel inet6 =
            listen(StandardProtocolFamily.INET6, new InetSocketAddress(six, 0));
        ServerSocketChannel unix = listen(StandardProtocolFamily.UNIX, path)) {
      passOne(pair, inet6, 1);
      passOne(pair, unix, 2);
    }
  }

  @Test
  void aWorkerThatDiesWithUnbegunOnesLeavesThemToTheMasterAndNoDescriptor() throws Exception {
    try (TestVisit visit = new TestVisit(listen())) {
      passTo(new TestPair(), visit.accepted());
      int before = descriptors();
      passTo(new TestPair(), visit.accepted());
      assertEquals(before, descriptors());
      say(visit.client(), "in");
      assertEquals("in", hear(visit.accepted(), 2), "nobody has read it, and nobody has ended it");
    }
  }

  private static void passTo(TestPair mortal, SocketChannel accepted) throws IOException {
    try (mortal) {
      for (int number = 1; number <= 50; number++) {
        mortal.master.pass(accepted, number);
      }
      mortal.worker.receive().orElseThrow().close();
      mortal.workerDies();
      assertEquals(Optional.empty(), mortal.master.hear());
      assertThrows(IOException.class, () -> mortal.master.pass(accepted, 51));
    }
  }

  /** Else one client would be given to two workers. */
  @Test
  void aWorkersLastWordIsHeardThoughItDiedWithSomethingUnread() throws Exception {
    try (TestPair pair = new TestPair();
        TestVisit visit = new TestVisit(listen())) {
      pair.master.pass(visit.accepted(), 1);
      pair.master.pass(visit.accepted(), 2);
      try (SocketChannel received = pair.worker.receive().orElseThrow()) {
        pair.worker.begun(received);
        pair.workerDies();
      }
      assertEquals(Optional.of(new Said.Begun(1)), pair.master.hear());
      assertEquals(Optional.empty(), pair.master.hear());
    }
  }

  /** The other way round: whoever was passed before a master was killed is still served. */
  @Test
  void whatAMasterPassedLastIsReceivedThoughItDiedWithSomethingUnread() throws Exception {
    TestPair pair = new TestPair();
    try (ServerSocketChannel listener = listen();
        SocketChannel client = SocketChannel.open(listener.getLocalAddress());
        SocketChannel accepted = listener.accept()) {
      assertTrue(client.isConnected());
      pair.master.pass(accepted, 1);
      pair.worker.ask(1);
      pair.master.close();
      pair.worker.receive().orElseThrow().close();
      assertTrue(pair.worker.receive().isEmpty());
    } finally {
      pair.workerDies();
    }
  }

  @Test
  void aMasterNeverWaitsForAWorkerThatDoesNotRead() throws Exception {
    try (TestPair pair = new TestPair();
        TestVisit visit = new TestVisit(listen())) {
      int before = descriptors();
      long passed = 0;
      try {
        while (passed < 100_000) {
          pair.master.pass(visit.accepted(), passed + 1);
          passed++;
        }
      } catch (IOException e) {
        // EAGAIN: the socket is full.
      }
      assertTrue(passed < 100_000, "it took " + passed);
      for (long i = 0; i < passed; i++) {
        SocketChannel received = pair.worker.receive().orElseThrow();
        pair.worker.begun(received);
        received.close();
        assertEquals(Optional.of(new Said.Begun(i + 1)), pair.master.hear());
      }
      assertEquals(before, descriptors());
    }
  }

  @Test
  void theEndOfTheMasterIsTheEndForTheWorker() throws Exception {
    TestPair pair = new TestPair();
    pair.master.close();
    assertTrue(pair.worker.receive().isEmpty());
    pair.workerDies();
  }

  @Test
  void aClientThatHasLeftOnTheWayIsSkippedAndAnotherIsAskedFor() throws Exception {
    try (TestPair pair = new TestPair();
        ServerSocketChannel listener = listen();
        SocketChannel accepted = resetByItsClient(listener)) {
      pair.master.pass(accepted, 7);
      pair.master.end();
      assertTrue(pair.worker.receive().isEmpty());
      assertEquals(Optional.of(new Said.Begun(7)), pair.master.hear());
      assertEquals(Optional.of(new Said.Asked(1)), pair.master.hear());
      assertEquals(1, pair.worker.received());
    }
  }

  private static SocketChannel resetByItsClient(ServerSocketChannel listener) throws IOException {
    SocketChannel client = SocketChannel.open(listener.getLocalAddress());
    SocketChannel accepted = listener.accept();
    // RST instead of FIN.
    client.setOption(java.net.StandardSocketOptions.SO_LINGER, 0);
    client.close();
    assertThrows(IOException.class, () -> hear(accepted, 1));
    return accepted;
  }

  @Test
  void whatIsReceivedIsCloseOnExec() throws Exception {
    try (TestPair pair = new TestPair();
        TestVisit visit = new TestVisit(listen())) {
      pair.master.pass(visit.accepted(), 1);
      try (SocketChannel received = pair.worker.receive().orElseThrow()) {
        String info = Files.readString(Path.of("/proc/self/fdinfo/" + Descriptor.of(received)));
        String flags =
            info.lines().filter(line -> line.startsWith("flags:")).findFirst().orElseThrow();
        // O_CLOEXEC is 02000000.
        int bits = Integer.parseInt(flags.replaceAll("\\D", ""), 8);
        assertFalse((bits & 0_2000000) == 0, flags);
      }
    }
  }
}
