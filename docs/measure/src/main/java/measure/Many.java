package measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What an open connection costs that has asked once and says nothing more. */
final class Many implements Program {

  static final String TASK = "idle connections";
  static final String EACH = "RSS, kB for each";

  private static final int CONNECTIONS = 10_000;
  private static final long REST_MILLIS = 1000;

  @Override
  public String name() {
    return "many";
  }

  @Override
  public void measure(Bench bench, Results results) throws IOException {
    Subject spyglass = Subject.spyglass(bench, "--keep-alive=600");
    List<Subject> subjects = new ArrayList<>();
    subjects.add(spyglass);
    subjects.addAll(Subject.nginx(bench));
    subjects.addAll(bench.few(Subject.jvms(bench, true)));
    int rounds = bench.rounds(3);
    int connections = bench.count(CONNECTIONS, 100);
    results.about("connections", String.format(Locale.ROOT, "%,d", connections));
    for (int round = 1; round <= rounds; round++) {
      for (Subject subject : subjects) {
        bench.say("many " + round + "/" + rounds + ": " + subject.name());
        one(bench, results, subject, connections);
      }
      Collections.rotate(subjects, 1);
    }
  }

  private static void one(Bench bench, Results results, Subject subject, int connections)
      throws IOException {
    Work work = Work.get("/", "13 bytes", true, 1);
    List<Connection> open = new ArrayList<>();
    try (Running server = subject.start()) {
      subject.ready(server);
      Work warm = Work.get("/", "13 bytes", true, 64);
      try (Load load = Load.open(server.port(), warm)) {
        load.run(bench.tiny() ? 0.1 : 1);
      }
      bench.rest(REST_MILLIS);
      Proc.Memory before = Proc.memory(server.pids());
      long begun = System.nanoTime();
      for (int i = 0; i < connections; i++) {
        open.add(ask(server.port(), work));
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      bench.rest(REST_MILLIS);
      Proc.Memory after = Proc.memory(server.pids());
      int still = 0;
      for (Connection connection : open) {
        still += connection.isQuiet() ? 1 : 0;
      }
      String name = subject.name();
      results.add(TASK, name, EACH, (after.rss() - before.rss()) / (double) connections);
      double dirty = (after.dirty() - before.dirty()) / (double) connections;
      results.add(TASK, name, "private dirty, kB for each", dirty);
      results.add(TASK, name, "opened and asked, s", seconds);
      results.add(TASK, name, "still open", still);
      if (still < connections) {
        bench.say(name + " has closed " + (connections - still) + ": its figures are too good");
      }
    } finally {
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  private static Connection ask(int port, Work work) throws IOException {
    Connection connection = new Connection();
    connection.isNow(
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    connection.send(work.bytes());
    Connection.Step step = Connection.Step.WAITING;
    while (step == Connection.Step.WAITING) {
      step = connection.read();
    }
    if (step == Connection.Step.FAILED) {
      throw new IOException("a connection did not hold");
    }
    return connection;
  }
}
