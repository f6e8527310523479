package spyglass.status;

import java.util.ArrayList;
import java.util.List;
import spyglass.control.Figures;
import spyglass.log.Plain;

/**
 * A status for programs (RFC 8259). Every figure has its type and is always there, but for what there is
 * only sometimes, which is null then; times are milliseconds since 1970.
 */
final class StatusJson {

  private static final List<String> TEXTS =
      List.of(
          "name",
          "state",
          "listen",
          "metrics",
          "version",
          "last-wake-reason",
          "trained",
          "stage",
          "breaker");
  private static final List<String> NUMBERS =
      List.of(
          "pid",
          "since",
          "started",
          "wakes",
          "failed-wakes",
          "sleeps",
          "last-boot-millis",
          "boot-millis-total",
          "served-total",
          "restarts-total",
          "died-total",
          "wanted",
          "in-flight",
          "lookout-resident");
  private static final List<String> SOMETIMES = List.of("retry-at", "last-error-at", "master-pid");

  private StatusJson() {}

  static String of(Figures figures, Memory memory) {
    List<String> members = new ArrayList<>();
    for (String name : TEXTS) {
      members.add(member(name, figures.find(name).map(StatusJson::text).orElse("null")));
    }
    members.add(
        member("last-error", figures.find("last-error").map(StatusJson::text).orElse("null")));
    for (String name : NUMBERS) {
      members.add(member(name, Long.toString(figures.number(name))));
    }
    for (String name : SOMETIMES) {
      boolean there = figures.find(name).isPresent();
      members.add(member(name, there ? Long.toString(figures.number(name)) : "null"));
    }
    members.add(member("pss", memory.proportional() ? "" + memory.all() : "null"));
    members.add(member("master-silent", "" + figures.text("master-silent").equals("true")));
    members.add(
        member(
            "workers",
            array(figures.workers().stream().map(worker -> of(worker, memory)).toList())));
    members.add(
        member("errors", array(figures.all("error").stream().map(StatusJson::text).toList())));
    return object(members);
  }

  private static String of(Figures.Worker worker, Memory memory) {
    return object(
        List.of(
            member("pid", Long.toString(worker.pid())),
            member("state", text(worker.state())),
            member("since", Long.toString(worker.since())),
            member("in-flight", Long.toString(worker.inFlight())),
            member("served", Long.toString(worker.served())),
            member("rss", Long.toString(worker.rss())),
            member("pss", memory.proportional() ? "" + memory.of(worker.pid()) : "null")));
  }

  static String array(List<String> values) {
    return "[" + String.join(", ", values) + "]";
  }

  private static String object(List<String> members) {
    return "{" + String.join(", ", members) + "}";
  }

  /** With an underscore for each hyphen: most languages can say such a name as it is. */
  private static String member(String name, String value) {
    return text(name.replace('-', '_')) + ": " + value;
  }

  static String text(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        default -> {
          if (c == '\t' || !Plain.isPlain(c) || Character.isSurrogate(c)) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    return text.append('"').toString();
  }
}
