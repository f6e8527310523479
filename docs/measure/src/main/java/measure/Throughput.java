package measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a request costs under load, and how long it takes. */
final class Throughput implements Program {

  static final Work SMALL = Work.get("/", "13 bytes", true, 64);
  static final Work CLOSING = Work.get("/", "13 bytes", false, 64);
  static final Work CROWD = Work.get("/", "13 bytes", true, 1024);
  static final String CPU = "CPU s per million";
  static final String P99 = "p99, ms";
  static final String ALLOCATED = "bytes allocated per request";

  private static final List<Work> WORKS =
      List.of(
          SMALL,
          CLOSING,
          CROWD,
          Work.get("/", "13 bytes", false, 1024),
          Work.get("/10k", "10 kB", true, 64),
          Work.post(64));

  @Override
  public String name() {
    return "load";
  }

  @Override
  public void measure(Bench bench, Results results) throws IOException {
    List<Subject> subjects = new ArrayList<>();
    // As the others do it: nobody closes a connection after so many requests.
    subjects.add(Subject.spyglass(bench, "--requests-per-connection=1000000000"));
    subjects.addAll(Subject.nginx(bench));
    subjects.addAll(Subject.jvms(bench, !bench.tiny()));
    Map<Subject, Running> servers = new LinkedHashMap<>();
    try {
      for (Subject subject : subjects) {
        bench.say("load: starting " + subject.name());
        servers.put(subject, subject.start());
      }
      for (Map.Entry<Subject, Running> entry : servers.entrySet()) {
        entry.getKey().ready(entry.getValue());
      }
      if (!bench.tiny()) {
        warm(bench, servers);
      }
      List<Map.Entry<Subject, Running>> turns = new ArrayList<>(servers.entrySet());
      int rounds = bench.rounds(5);
      for (int round = 1; round <= rounds; round++) {
        for (Work work : WORKS) {
          bench.say("load " + round + "/" + rounds + ": " + work.name());
          for (Map.Entry<Subject, Running> entry : turns) {
            if (can(entry.getKey(), work)) {
              one(bench, results, entry.getKey(), entry.getValue(), work);
            }
          }
        }
        Collections.rotate(turns, 1);
      }
      for (Map.Entry<Subject, Running> entry : servers.entrySet()) {
        allocation(bench, results, entry.getKey(), entry.getValue());
      }
    } finally {
      servers.values().forEach(Running::close);
    }
  }

  /** nginx by itself sends pages, and reads none. */
  private static boolean can(Subject subject, Work work) {
    return subject.isJvm() || !work.name().startsWith("POST");
  }

  /** Until the compilers of the JVMs have little left to do. */
  private static void warm(Bench bench, Map<Subject, Running> servers) throws IOException {
    for (Map.Entry<Subject, Running> entry : servers.entrySet()) {
      bench.say("load: warming " + entry.getKey().name());
      Running server = entry.getValue();
      for (Work work : WORKS) {
        if (can(entry.getKey(), work)) {
          try (Load load = Load.open(server.port(), work)) {
            load.run(work.equals(SMALL) ? 3 : 1);
          }
        }
      }
    }
  }

  private static void one(Bench bench, Results results, Subject subject, Running server, Work work)
      throws IOException {
    try (Load load = Load.open(server.port(), work)) {
      load.run(bench.seconds() / 10);
      List<Long> pids = server.pids();
      double cpu = Proc.cpuSeconds(pids);
      Load.Outcome outcome = load.run(bench.seconds());
      double used = Proc.cpuSeconds(pids) - cpu;
      String task = work.name();
      String name = subject.name();
      results.add(task, name, CPU, used / outcome.requests() * 1e6);
      results.add(task, name, "requests/s", outcome.requests() / outcome.seconds());
      results.add(task, name, "p50, ms", outcome.millis(50));
      results.add(task, name, P99, outcome.millis(99));
      results.add(task, name, "p99.9, ms", outcome.millis(99.9));
      results.add(task, name, "failed", (double) outcome.failed());
    }
  }

  private static void allocation(Bench bench, Results results, Subject subject, Running server)
      throws IOException {
    if (!subject.isJvm()) {
      return;
    }
    bench.say("load: what " + subject.name() + " allocates");
    try (Load load = Load.open(server.port(), SMALL)) {
      OptionalLong before = Allocation.bytes(server.answering());
      Load.Outcome outcome = load.run(bench.seconds());
      OptionalLong after = Allocation.bytes(server.answering());
      if (before.isPresent() && after.isPresent()) {
        double each = (after.getAsLong() - before.getAsLong()) / (double) outcome.requests();
        results.add(SMALL.name(), subject.name(), ALLOCATED, each);
      }
    }
  }
}
