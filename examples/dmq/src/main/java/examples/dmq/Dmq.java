package examples.dmq;

import examples.dmq.channel.Channels;
import examples.dmq.channel.RefusedException;
import examples.dmq.deliver.Deliveries;
import examples.dmq.http.Hosts;
import examples.dmq.stats.LogFile;
import examples.dmq.stats.Stats;
import examples.dmq.wire.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import spyglass.life.Single;
import spyglass.protocol.Context;
import spyglass.protocol.Link;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolHandler;
import spyglass.protocol.Provides;

/**
 * A node of a message queue whose records live in memory. The nodes know nothing of each other; their
 * clients know all of them. Going to sleep is the clean stop: what is in memory is written to disk, and
 * read again at the wake.
 *
 * <p>{@code --protocol dmq}, and {@code curl --data-binary hello localhost:4222/channels/news} pushes a
 * record, {@code curl -H 'Dmq-Take: 1' localhost:4222/channels/news} pops it. The page is at {@code localhost:4222}.
 */
@Single
@Provides(
    name = "dmq",
    about = "A node of a message queue in memory, over a binary protocol and over HTTP.",
    options = {
      @Provides.Option(
          name = "size",
          value = "16MiB",
          about = "Memory for the records of a queue."),
      @Provides.Option(
          name = "sizes",
          value = "",
          about = "Other sizes by how a channel's name begins: logs-=64MiB,tmp=1MiB."),
      @Provides.Option(
          name = "overflow",
          value = "1GiB",
          about = "Disk for what a queue's memory has no room for; 0 for none."),
      @Provides.Option(
          name = "record",
          value = "60KiB",
          about = "Bytes of a record at most; a little less than --max-message and --max-outbox."),
      @Provides.Option(
          name = "sync",
          value = "sleep",
          about = "When records are on disk: at sleep, or always, before they are acknowledged."),
      @Provides.Option(name = "memory", value = "1GiB", about = "Memory for all queues together."),
      @Provides.Option(name = "connections", value = "1000", about = "Clients at once."),
      @Provides.Option(
          name = "hosts",
          value = "",
          about = "By which names it is asked besides localhost and addresses: mq.example:4222."),
      @Provides.Option(
          name = "deliver",
          value = "loopback",
          about = "Where records may be posted to: loopback, any or off."),
      @Provides.Option(
          name = "patience",
          value = "300",
          about = "Seconds that the node stays awake for what cannot be delivered."),
      @Provides.Option(name = "stats", value = "30", about = "Seconds between lines of stats.log.")
    })
public final class Dmq implements Protocol {

  private Node node;
  private Housekeeping housekeeping;
  private Hosts hosts;
  private int most;

  @Override
  public void start(Context context) throws IOException {
    Settings settings = Settings.of(context);
    Path folder = context.data().resolve("dmq");
    Path logs = logs(folder.resolve("log"));
    node = node(context, settings, folder, new LogFile(logs.resolve("root.log")));
    hosts = settings.hosts();
    most = settings.connections();
    housekeeping = new Housekeeping(node, new LogFile(logs.resolve("stats.log")));
    housekeeping.start(settings.every());
  }

  /** Without a folder for them its lines go to the console. */
  private static Path logs(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      System.err.println("dmq: no logs in " + folder + ": " + e);
    }
    return folder;
  }

  private static Node node(Context context, Settings settings, Path folder, LogFile failures)
      throws IOException {
    Stats stats = new Stats();
    Channels channels = channels(folder, settings, failures);
    Deliveries deliveries =
        new Deliveries(
            channels, settings.target(), settings.patience(), context::hold, stats, failures);
    try {
      deliveries.start();
    } catch (IOException e) {
      channels.sleep();
      throw e;
    }
    return new Node(channels, deliveries, stats, failures);
  }

  private static Channels channels(Path folder, Settings settings, LogFile failures)
      throws IOException {
    try {
      return new Channels(
          folder.resolve("channels"),
          settings.limits(),
          settings.memory(),
          line -> {
            failures.line(line);
            System.err.println("dmq: " + line);
          });
    } catch (RefusedException e) {
      throw new IOException("the channels of " + folder + ": " + e.reason(), e);
    }
  }

  @Override
  public ProtocolHandler open(Link link) {
    boolean crowded = node.stats().opened() > most;
    FirstByte handler = new FirstByte(node, link, hosts, crowded, housekeeping);
    housekeeping.watch(handler);
    return handler;
  }

  @Override
  public void sleep(Instant deadline) throws IOException, InterruptedException {
    // Whatever becomes of the rest, what is in memory is saved.
    try {
      housekeeping.stop();
    } finally {
      try {
        node.deliveries().stop(deadline);
      } finally {
        save();
      }
    }
  }

  /** The JDK closes a file whose writer is interrupted: that has to wait. */
  private void save() throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      node.channels().sleep();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
