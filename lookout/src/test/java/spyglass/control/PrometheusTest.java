package spyglass.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The text format, read as Prometheus reads it. */
class PrometheusTest {

  private static final Pattern HELP = Pattern.compile("# HELP (\\w+) [^\\n]+");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (counter|gauge)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:]\\w*)(\\{(?:[a-zA-Z_]\\w*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)+})? (-?[0-9.]+)");

  private static final String AWAKE =
      """
      name a "b" \\c
      version 1.2
      state awake
      wakes 3
      boot-millis-total 1050
      last-boot-millis 7
      served-total 12
      wanted 2
      worker pid=7 state=busy since=1 in-flight=2 served=9 rss=4096
      worker pid=8 state=ready since=1 in-flight=0 served=0 rss=8192
      """;

  private static Map<String, String> samples(String text) {
    Map<String, String> samples = new HashMap<>();
    Map<String, String> types = new HashMap<>();
    String current = "";
    for (String line : text.split("\n", -1)) {
      Matcher help = HELP.matcher(line);
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (help.matches()) {
        current = help.group(1);
      } else if (type.matches()) {
        assertEquals(current, type.group(1), "TYPE follows HELP");
        assertEquals(type.group(2).equals("counter"), current.endsWith("_total"), current);
        assertEquals(null, types.put(current, type.group(2)), "once for each");
      } else if (!line.isEmpty()) {
        assertTrue(sample.matches(), line);
        assertEquals(current, sample.group(1), "samples follow their TYPE");
        String labels = sample.group(2) == null ? "" : sample.group(2);
        assertEquals(null, samples.put(current + labels, sample.group(3)), "no sample twice");
      }
    }
    assertTrue(text.endsWith("\n"));
    return samples;
  }

  @Test
  void everyFigureIsThereWithItsTypeAndLabels() {
    Map<String, String> samples = samples(Prometheus.text(AWAKE));
    assertEquals("1", samples.get("spyglass_up"));
    assertEquals("1", samples.get("spyglass_awake"));
    assertEquals("3", samples.get("spyglass_wakes_total"));
    assertEquals("1.050", samples.get("spyglass_boot_seconds_total"));
    assertEquals("0.007", samples.get("spyglass_boot_last_seconds"));
    assertEquals("12", samples.get("spyglass_requests_total"));
    assertEquals("1", samples.get("spyglass_workers{state=\"busy\"}"));
    assertEquals("0", samples.get("spyglass_workers{state=\"stuck\"}"));
    assertEquals("2", samples.get("spyglass_worker_in_flight{pid=\"7\"}"));
    assertEquals("8192", samples.get("spyglass_worker_resident_bytes{pid=\"8\"}"));
    assertEquals("1", samples.get("spyglass_info{name=\"a \\\"b\\\" \\\\c\",version=\"1.2\"}"));
  }

  @Test
  void asleepItIsTheSameButForWorkers() {
    Map<String, String> samples = samples(Prometheus.text("name a\nstate asleep\n"));
    assertEquals("0", samples.get("spyglass_awake"));
    assertEquals("0", samples.get("spyglass_workers{state=\"ready\"}"));
    assertEquals("0", samples.get("spyglass_requests_total"));
  }

  @Test
  void whatCouldEndALabelIsEscaped() {
    assertEquals("\\\\ \\\" \\\\n \\\\x1b", Prometheus.escape("\\ \" \n \u001b"));
  }
}
