package measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The memory of servers that have nothing to do. */
final class Idle implements Program {

  static final String ASLEEP = "asleep";
  static final String AWAKE = "awake, after load";
  static final String EACH = "each process of Spyglass, awake";
  static final String RSS = "RSS, MB";
  static final String PSS = "PSS, MB";
  static final String DIRTY = "private dirty, MB";

  private static final int CYCLES = 3;
  private static final long REST_MILLIS = 3000;

  /** What a JVM's compilers had is returned within five seconds of their end, and may lie about for two more. */
  private static final long REST_AFTER_LOAD_MILLIS = 10_000;

  private static final double KB = 1024;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public void measure(Bench bench, Results results) throws IOException {
    List<Subject> awake = new ArrayList<>();
    awake.add(Subject.spyglass(bench));
    awake.addAll(Subject.nginx(bench));
    awake.addAll(bench.few(Subject.jvms(bench, true)));
    List<Subject> sleepers = new ArrayList<>();
    sleepers.add(Subject.spyglass(bench));
    sleepers.addAll(Subject.uwsgi(bench));
    int rounds = bench.rounds(3);
    for (int round = 1; round <= rounds; round++) {
      for (Subject subject : sleepers) {
        bench.say("idle " + round + "/" + rounds + ": " + subject.name() + " asleep");
        asleep(bench, subject, results);
      }
      for (Subject subject : awake) {
        bench.say("idle " + round + "/" + rounds + ": " + subject.name());
        awake(bench, subject, results);
      }
      Collections.rotate(sleepers, 1);
      Collections.rotate(awake, 1);
    }
  }

  private static void asleep(Bench bench, Subject subject, Results results) throws IOException {
    try (Running server = subject.start()) {
      for (int cycle = 0; cycle < bench.count(CYCLES, 1); cycle++) {
        Visit.millis(server.port());
        bench.rest(500);
        server.sleep();
        Visit.await(subject.name() + " to sleep", server::asleep);
      }
      bench.rest(REST_MILLIS);
      add(results, ASLEEP, subject.name(), Proc.memory(server.pids()));
    }
  }

  private static void awake(Bench bench, Subject subject, Results results) throws IOException {
    try (Running server = subject.start()) {
      subject.ready(server);
      Work work = Work.get("/", "13 bytes", true, 64);
      try (Load load = Load.open(server.port(), work)) {
        load.run(bench.tiny() ? 0.2 : 2);
      }
      bench.rest(REST_AFTER_LOAD_MILLIS);
      add(results, AWAKE, subject.name(), Proc.memory(server.pids()));
      if (subject.name().equals(Subject.SPYGLASS)) {
        each(results, server);
      }
    }
  }

  private static void each(Results results, Running server) {
    int worker = 0;
    for (long pid : server.pids()) {
      String name = Proc.name(pid);
      if (name.equals("spy-worker")) {
        worker++;
        name += " " + worker;
      }
      add(results, EACH, name, Proc.memory(pid));
    }
  }

  private static void add(Results results, String task, String subject, Proc.Memory memory) {
    results.add(task, subject, RSS, memory.rss() / KB);
    results.add(task, subject, PSS, memory.pss() / KB);
    results.add(task, subject, DIRTY, memory.dirty() / KB);
  }
}
