package spyglass.control;

import java.util.List;
import spyglass.log.Plain;

/**
 * The figures in Prometheus' text format, version 0.0.4: for each metric a line of HELP, one of TYPE, and
 * its samples, together. Counters go up only, over sleeps too, for that is how rate() knows a restart.
 */
final class Prometheus {

  /** What an answer over HTTP says it is. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final List<String> STATES =
      List.of("booting", "ready", "busy", "leaving", "stuck");

  private final StringBuilder page = new StringBuilder(4096);
  private final Figures figures;

  private Prometheus(Figures figures) {
    this.figures = figures;
  }

  static String text(String figures) {
    Prometheus page = new Prometheus(Figures.of(figures));
    page.lookout();
    page.totals();
    page.workers();
    return page.page.toString();
  }

  private void lookout() {
    head("spyglass_info", "gauge", "What this server is called, and its version.");
    sample("spyglass_info", "1", "name", figures.text("name"), "version", figures.text("version"));
    gauge("spyglass_up", "Whether the lookout lives; always 1.", 1);
    boolean awake = List.of("awake", "going-to-sleep").contains(figures.text("state"));
    gauge("spyglass_awake", "Whether workers are there to answer.", awake ? 1 : 0);
    boolean failing = figures.text("state").equals("failing");
    gauge("spyglass_failing", "Whether the app does not start: visitors get 503.", failing ? 1 : 0);
    boolean silent = figures.text("master-silent").equals("true");
    gauge("spyglass_master_silent", "Whether a master is there and silent.", silent ? 1 : 0);
    gauge("spyglass_lookout_resident_bytes", "Resident memory of the lookout.", "lookout-resident");
  }

  private void totals() {
    counter("spyglass_wakes_total", "Wakes after which a worker was ready.", "wakes");
    counter("spyglass_failed_wakes_total", "Wakes that failed.", "failed-wakes");
    counter("spyglass_sleeps_total", "Times that all but the lookout have left.", "sleeps");
    head("spyglass_boot_seconds_total", "counter", "Time from a visitor to the first worker, all.");
    sample("spyglass_boot_seconds_total", seconds("boot-millis-total"));
    head("spyglass_boot_last_seconds", "gauge", "The same of the last wake.");
    sample("spyglass_boot_last_seconds", seconds("last-boot-millis"));
    boolean trained = figures.text("trained").equals("yes");
    gauge("spyglass_boot_last_trained", "Whether that had a cache of its app.", trained ? 1 : 0);
    counter("spyglass_requests_total", "Requests that were answered.", "served-total");
    counter("spyglass_worker_restarts_total", "Workers that were replaced.", "restarts-total");
    counter("spyglass_worker_deaths_total", "Workers that died unasked.", "died-total");
  }

  private void workers() {
    List<Figures.Worker> workers = figures.workers();
    gauge("spyglass_workers_wanted", "How many workers there are to be when awake.", "wanted");
    head("spyglass_workers", "gauge", "Workers by what they do.");
    for (String state : STATES) {
      long count = workers.stream().filter(worker -> worker.state().equals(state)).count();
      sample("spyglass_workers", Long.toString(count), "state", state);
    }
    head("spyglass_worker_in_flight", "gauge", "Requests a worker has now.");
    for (Figures.Worker worker : workers) {
      sample("spyglass_worker_in_flight", Long.toString(worker.inFlight()), "pid", pid(worker));
    }
    head("spyglass_worker_resident_bytes", "gauge", "Resident memory of a worker.");
    for (Figures.Worker worker : workers) {
      sample("spyglass_worker_resident_bytes", Long.toString(worker.rss()), "pid", pid(worker));
    }
  }

  private static String pid(Figures.Worker worker) {
    return Long.toString(worker.pid());
  }

  private String seconds(String name) {
    long millis = figures.number(name);
    String rest = Long.toString(1000 + millis % 1000).substring(1);
    return millis / 1000 + "." + rest;
  }

  private void counter(String metric, String help, String figure) {
    head(metric, "counter", help);
    sample(metric, Long.toString(figures.number(figure)));
  }

  private void gauge(String metric, String help, String figure) {
    gauge(metric, help, figures.number(figure));
  }

  private void gauge(String metric, String help, long value) {
    head(metric, "gauge", help);
    sample(metric, Long.toString(value));
  }

  private void head(String metric, String type, String help) {
    page.append("# HELP ").append(metric).append(' ');
    page.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    page.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
  }

  /** Labels are names and values in turn. */
  private void sample(String metric, String value, String... labels) {
    page.append(metric);
    for (int i = 0; i < labels.length; i += 2) {
      page.append(i == 0 ? '{' : ',').append(labels[i]);
      page.append("=\"").append(escape(labels[i + 1])).append('"');
    }
    page.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
  }

  static String escape(String value) {
    return Plain.line(value).replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
