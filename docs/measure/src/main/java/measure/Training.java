package measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether Spyglass has been through a wake of an app before and has kept what it learnt of it. */
enum Training {
  TRAINED("trained"),
  UNTRAINED("untrained");

  private static final String NO_CACHE = "--no-cache";
  private static final int CYCLES = 3;
  private static final long QUIET_MILLIS = 1500;

  private final String label;

  Training(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Those that this Spyglass knows: one without the option cannot be kept from having caches. */
  static List<Training> possible(Bench bench) throws IOException {
    Process help =
        new ProcessBuilder(bench.checkout().launcher().toString(), "--help")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = help.inputReader()) {
      if (lines.lines().toList().stream().anyMatch(line -> line.contains(NO_CACHE))) {
        return List.of(TRAINED, UNTRAINED);
      }
    }
    bench.say("this Spyglass has no " + NO_CACHE + ": untrained is left out");
    return List.of(TRAINED);
  }

  /** A server that sleeps. */
  Running start(Bench bench, Sleeper.App app) throws IOException {
    List<String> words = new ArrayList<>(app.words());
    if (this == UNTRAINED) {
      words.addFirst(NO_CACHE);
    }
    Running server = Spyglass.start(bench, words);
    try {
      for (int cycle = 0; cycle < CYCLES; cycle++) {
        Visit.millis(server.port());
        server.sleep();
        Visit.await(app.name() + " to sleep", server::asleep);
        if (this == TRAINED) {
          awaitCaches(bench);
        }
      }
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Until for a while nobody has changed the caches and no process but the lookout names them. */
  private static void awaitCaches(Bench bench) throws IOException {
    String before = "";
    String now = state(bench);
    while (!now.equals(before) || now.startsWith("busy")) {
      bench.rest(QUIET_MILLIS);
      before = now;
      now = state(bench);
    }
  }

  private static String state(Bench bench) throws IOException {
    List<String> state = new ArrayList<>();
    if (bench.isCacheInWork()) {
      state.add("busy");
    }
    try (Stream<Path> files = Files.walk(bench.cache())) {
      for (Path file : files.sorted().toList()) {
        if (Files.isRegularFile(file)) {
          state.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
        }
      }
    }
    return String.join("\n", state);
  }
}
