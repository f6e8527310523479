package measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** On what, when and with what something was measured. */
final class Machine {

  /** What they are called that tell when it was, and that the figures are for nobody. */
  static final String DAY = "Measured on";

  static final String TINY = "Tiny";

  private Machine() {}

  static void describe(Bench bench, Results results) throws IOException {
    results.about(DAY, LocalDate.now(ZoneId.systemDefault()).toString());
    results.about("Machine", machine());
    results.about("Java", System.getProperty("java.vendor") + " " + Runtime.version());
    List<String> versions = new ArrayList<>();
    versions.add(Subject.SPYGLASS + " " + Subject.version(bench));
    List<Subject> subjects = new ArrayList<>(Subject.jvms(bench, false));
    subjects.addAll(Subject.nginx(bench));
    subjects.addAll(Subject.uwsgi(bench));
    for (Subject subject : subjects) {
      versions.add(subject.name() + " " + subject.version());
    }
    results.about("Versions", String.join(", ", versions));
    if (bench.tiny()) {
      results.about(TINY, "these figures mean nothing");
    }
  }

  private static String machine() throws IOException {
    String cpu = after(Path.of("/proc/cpuinfo"), "model name");
    long memory = Long.parseLong(after(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", ""));
    String load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    return "%d cores (%s), %.0f GB, Linux %s, load %s before the run"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            cpu,
            memory / 1e6,
            System.getProperty("os.version").replaceFirst("[^0-9.].*", ""),
            load);
  }

  private static String after(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("0");
  }
}
