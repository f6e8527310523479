package spyglass.handover;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import spyglass.master.MasterMain;
import spyglass.process.ParentPipe;
import spyglass.unix.Descriptor;
import spyglass.unix.Kernel;
import spyglass.worker.Beat;
import spyglass.worker.Handover;

/** Programs for {@link RealMasterTest}: a master with a listening socket as descriptor 0; workers. */
final class PretendServer {

  private PretendServer() {}

  /** Says its port on the log, and is a master then. */
  static final class Listener {
    private Listener() {}

    @SuppressWarnings("resource") // 0 is the same socket
    public static void main(String[] args) throws IOException, InterruptedException {
      ServerSocketChannel listener = TestPair.listen();
      System.err.println("port " + ((InetSocketAddress) listener.getLocalAddress()).getPort());
      new Kernel().dup2(Descriptor.of(listener), 0);
      listener.close();
      MasterMain.main(args);
    }
  }

  /**
   * Has room for one connection at a time. Says its pid as soon as it has one; begins when it hears a
   * letter, which it echoes.
   */
  static final class Passed {
    private Passed() {}

    public static void main(String[] args) throws IOException {
      Handover handover = Handover.find();
      handover.takeOver();
      ready();
      handover.ask(1);
      Optional<SocketChannel> connection = handover.receive();
      while (connection.isPresent()) {
        SocketChannel client = connection.get();
        TestPair.say(client, pid());
        String letter = TestPair.hear(client, 1);
        handover.begun(client);
        TestPair.say(client, letter);
        client.close();
        handover.ask(1);
        connection = handover.receive();
      }
    }
  }

  /** Serves its descriptor 0 and ends. */
  static final class Spawned {
    private Spawned() {}

    public static void main(String[] args) throws IOException {
      SocketChannel client = (SocketChannel) System.inheritedChannel();
      ready();
      TestPair.say(client, pid());
      TestPair.say(client, TestPair.hear(client, 1));
    }
  }

  private static String pid() {
    return "%10d".formatted(ProcessHandle.current().pid());
  }

  @SuppressWarnings("resource") // it stays open
  private static void ready() throws IOException {
    ParentPipe.open().write(Beat.READY);
  }
}
