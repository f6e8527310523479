package measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** How long the first visitor waits whom nobody expected. */
final class Wake implements Program {

  static final String MILLIS = "first byte, ms";
  static final String FROM_SLEEP = "from sleep";
  static final String FROM_NOTHING = "from nothing: start to first byte";
  static final String BARE = "bare java Hello, start to end";

  private static final long DEEP_MILLIS = 500;

  @Override
  public String name() {
    return "wake";
  }

  @Override
  public void measure(Bench bench, Results results) throws IOException {
    Path hello = compileHello(bench);
    Map<String, Running> sleepers = new LinkedHashMap<>();
    try {
      for (Sleeper.App app : Sleeper.apps(bench)) {
        for (Training training : bench.few(List.of(Training.values()))) {
          String name = app.name() + ", " + training.label();
          bench.say("wake: preparing " + name);
          sleepers.put(name, training.start(bench, app.words()));
        }
      }
      for (Subject subject : Subject.uwsgi(bench)) {
        sleepers.put(subject.name(), subject.start());
      }
      List<Subject> others = new ArrayList<>(Subject.nginx(bench));
      others.addAll(bench.few(Subject.jvms(bench, false)));
      List<Map.Entry<String, Running>> turns = new ArrayList<>(sleepers.entrySet());
      int rounds = bench.rounds(11);
      for (int round = 1; round <= rounds; round++) {
        bench.say("wake " + round + "/" + rounds);
        for (Map.Entry<String, Running> entry : turns) {
          awaitDeepSleep(bench, entry.getValue());
          double millis = Visit.millis(entry.getValue().port());
          results.add(FROM_SLEEP, entry.getKey(), MILLIS, millis);
          toSleep(entry.getValue());
          results.add(FROM_SLEEP, BARE, MILLIS, bareHello(hello));
        }
        for (Subject subject : others) {
          results.add(FROM_NOTHING, subject.name(), MILLIS, cold(subject));
        }
        Collections.rotate(turns, 1);
        Collections.rotate(others, 1);
      }
    } finally {
      sleepers.values().forEach(Running::close);
    }
    new JustAfter().measure(bench, results);
  }

  private static void awaitDeepSleep(Bench bench, Running server) throws IOException {
    Visit.await("a server to sleep", server::asleep);
    bench.rest(DEEP_MILLIS);
  }

  private static void toSleep(Running server) throws IOException {
    server.sleep();
    if (server instanceof Spyglass) {
      Visit.await("a server to sleep", server::asleep);
    }
  }

  /** A peer that does not sleep can only be started; it is asked until it answers. */
  private static double cold(Subject subject) throws IOException {
    long since = System.nanoTime();
    try (Running server = subject.start()) {
      return server.port() > 0 ? (System.nanoTime() - since) / 1e6 : 0;
    }
  }

  private static Path compileHello(Bench bench) throws IOException {
    Path folder = bench.folder();
    Path source = folder.resolve("Hello.java");
    Files.writeString(
        source,
        "class Hello { public static void main(String[] a) { System.out.println(\"hi\"); } }");
    int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString());
    if (status != 0) {
      throw new IOException("the compiler of the JDK has ended with " + status);
    }
    return folder;
  }

  private static double bareHello(Path folder) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(java, "-XX:+UseSerialGC", "-cp", folder.toString(), "Hello")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Child.clear(builder.environment());
    long since = System.nanoTime();
    try {
      if (builder.start().waitFor() != 0) {
        throw new IOException(java + " cannot say hello");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return (System.nanoTime() - since) / 1e6;
  }
}
