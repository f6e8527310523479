package spyglass.status;

import java.util.List;
import spyglass.control.Figures;
import spyglass.log.Plain;

/** A status for a person: short lines, a word and what there is to say of it. */
final class StatusText {

  private final StringBuilder page = new StringBuilder();
  private final Figures figures;
  private final Memory memory;
  private final Words words;

  private StatusText(Figures figures, Memory memory, Words words) {
    this.figures = figures;
    this.memory = memory;
    this.words = words;
  }

  static String of(Figures figures, Memory memory, Words words) {
    StatusText text = new StatusText(figures, memory, words);
    text.lookout();
    text.wakes();
    text.workers();
    text.errors();
    return text.page.toString();
  }

  private void lookout() {
    String state = figures.text("state").replace('-', ' ');
    row("server", figures.text("name") + " is " + state + " " + words.since(number("since")));
    figures
        .find("retry-at")
        .ifPresent(at ->
            row("", "visitors get 503 until " + words.time(number("retry-at")) + ", then a try"));
    row("listens", figures.text("listen"));
    figures.find("metrics").ifPresent(url -> row("metrics", url));
    row(
        "lookout",
        ("pid " + figures.text("pid") + ", " + Words.bytes(memory.of(number("pid"))))
            + (", version "
                + figures.text("version")
                + ", started "
                + words.time(number("started"))));
    row("memory", Words.bytes(memory.all()) + " in all: " + memory.meaning());
  }

  private void wakes() {
    long wakes = number("wakes");
    String line =
        Words.count(wakes, "wake")
            + ", "
            + number("failed-wakes")
            + " failed, "
            + Words.count(number("sleeps"), "sleep");
    row("wakes", line);
    if (wakes > 0) {
      String why = figures.text("last-wake-reason").equals("order") ? "an order" : "a connection";
      row(
          "",
          ("the last by " + why + "; first worker ready after ")
              + (Words.seconds(number("last-boot-millis")) + ", on average ")
              + Words.seconds(number("boot-millis-total") / wakes));
      figures.find("trained").ifPresent(word -> row("", "trained: " + word));
    }
    row("served", Words.count(number("served-total"), "request"));
  }

  private void workers() {
    List<Figures.Worker> workers = figures.workers();
    String asleep = figures.text("state").equals("asleep") ? " when awake" : "";
    row(
        "workers",
        number("wanted")
            + " wanted"
            + asleep
            + ", "
            + number("restarts-total")
            + " replaced, "
            + number("died-total")
            + " died");
    if (figures.text("master-silent").equals("true")) {
      row("", "the master does not answer: it is booting, stopped or stuck");
    }
    figures.find("stage").ifPresent(stage -> row("master", stage));
    figures.find("breaker").ifPresent(why -> row("", why));
    for (Figures.Worker worker : workers) {
      row(
          "",
          String.format(
              "pid %-8d %-8s since %s, %d in flight, %,d served, %s",
              worker.pid(),
              worker.state(),
              words.time(worker.since()),
              worker.inFlight(),
              worker.served(),
              Words.bytes(memory.of(worker.pid()))));
    }
  }

  private void errors() {
    String title = "errors";
    for (String error : figures.all("error")) {
      row(title, error);
      title = "";
    }
    String last = figures.text("last-error");
    // An awake master lists it too.
    boolean listed = figures.all("error").stream().anyMatch(error -> error.endsWith(" " + last));
    if (!last.isEmpty() && !listed) {
      row(title, words.time(number("last-error-at")) + " " + last);
    }
  }

  private long number(String name) {
    return figures.number(name);
  }

  private void row(String title, String text) {
    page.append(String.format("%-8s  %s", title, Plain.line(text)).stripTrailing()).append('\n');
  }
}
