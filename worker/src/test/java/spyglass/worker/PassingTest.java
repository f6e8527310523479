package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a master that is a queue. */
@Timeout(30)
class PassingTest {

  /** Writes down what a worker says; passes what the test puts in. */
  private static final class PretendMaster implements Handover {
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final BlockingQueue<Optional<SocketChannel>> passed = new LinkedBlockingQueue<>();

    @Override
    public void takeOver() {}

    @Override
    public void ask(int count) {
      said.add("ask " + count);
    }

    @Override
    public Optional<SocketChannel> receive() throws IOException {
      try {
        return passed.take();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void begun(SocketChannel connection) {
      said.add("begun");
    }

    @Override
    public void enough() {
      said.add("enough");
    }

    @Override
    public long received() {
      return 0;
    }

    @Override
    public long toldBegun() {
      return 0;
    }
  }

  private final PretendMaster master = new PretendMaster();
  private final BlockingQueue<SocketChannel> taken = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Passing passing = new Passing(master, 3, taken::add, over::countDown);

  @Test
  void itAsksForItsRoomAndForOneMoreWheneverOneHasGone() throws Exception {
    passing.start();
    assertEquals("ask 3", master.said.take());
    try (SocketChannel connection = SocketChannel.open()) {
      master.passed.add(Optional.of(connection));
      assertEquals(connection, taken.take());
      passing.closed();
      assertEquals("begun", master.said.take());
      assertEquals("ask 1", master.said.take());
    }
  }

  @Test
  void whenItDrainsItAsksForNoMoreAndTakesWhatStillComes() throws Exception {
    passing.start();
    assertEquals("ask 3", master.said.take());
    passing.drain();
    passing.drain();
    assertEquals("enough", master.said.take());
    try (SocketChannel connection = SocketChannel.open()) {
      master.passed.add(Optional.of(connection));
      assertEquals(connection, taken.take());
      passing.closed();
      assertEquals("begun", master.said.take());
    }
    master.passed.add(Optional.empty());
    over.await();
    assertTrue(passing.isOver());
    assertTrue(master.said.isEmpty());
  }
}
