package spyglass.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's CPU: a cache holds what was compiled, or chosen, for one that can do certain things. */
final class Cpu {

  private Cpu() {}

  /** Its model and what it can do, as /proc/cpuinfo has them of the first; empty where there is none. */
  static String name() {
    StringBuilder name = new StringBuilder();
    try (BufferedReader lines =
        Files.newBufferedReader(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1)) {
      String line = lines.readLine();
      while (line != null && !line.isEmpty()) {
        if (line.startsWith("model name")
            || line.startsWith("flags")
            || line.startsWith("Features")) {
          name.append(line.substring(line.indexOf(':') + 1).strip()).append(' ');
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      // Then two machines that share a folder are not told apart by us; the JVM compares as well.
    }
    return name.toString();
  }
}
