package spyglass.master;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.log.Plain;

/**
 * What the lookout is told about master and workers: all of it when it asks, and by ourselves what it
 * has to keep when we are gone.
 */
final class Reporter {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** So many of the last errors are kept for whoever asks for the status. */
  private static final int MOST_ERRORS = 5;

  /** What went wrong, and when. */
  private record Trouble(Instant at, String what) {

    /** For whoever asks: with the time as people write it. */
    String listed() {
      return at.truncatedTo(ChronoUnit.SECONDS) + " " + what;
    }

    /** For the lookout to keep: nobody can ask us any more when we are gone. */
    String told() {
      return "last-error " + at.toEpochMilli() + " " + what + "\n";
    }
  }

  private final Deque<Trouble> errors = new ArrayDeque<>();
  private final LongUnaryOperator memory;
  private Optional<ControlLink> link = Optional.empty();
  private String toldState = "";
  private String toldTotal = "";
  private String toldTrained = "";
  private String trained = "no";
  private int toldWanted;

  /**
   * A reporter that has nobody to tell yet.
   *
   * @param wanted how many workers the lookout knows to be wanted
   * @param memory from a pid to its resident memory in bytes
   */
  Reporter(int wanted, LongUnaryOperator memory) {
    this.toldWanted = wanted;
    this.memory = memory;
  }

  /** Something is wrong that an operator must know. */
  void error(String what) {
    LOG.error("{}", what);
    if (errors.size() == MOST_ERRORS) {
      errors.removeFirst();
    }
    errors.addLast(new Trouble(Instant.now(), Plain.line(what)));
    say(errors.getLast().told());
  }

  /** From now on there is somebody to tell. */
  void connected(ControlLink now, Figures figures) {
    link = Optional.of(now);
    toldState = "";
    toldTotal = "";
    toldTrained = "";
    changed(figures);
    trained(trained);
    if (!errors.isEmpty()) {
      say(errors.getLast().told());
    }
  }

  /** The answer to {@code status}: a line for each figure, and an empty one. */
  void answer(Figures figures) {
    say(status(figures, System.currentTimeMillis()) + "\n");
  }

  String status(Figures figures, long epochMillis) {
    StringBuilder text = new StringBuilder();
    line(text, "stage", figures.stage());
    line(text, "wanted", figures.wanted());
    line(text, "restarts", figures.restarts());
    line(text, "died", figures.died());
    line(text, "served", figures.served());
    line(text, "in-flight", figures.inFlight());
    figures.breaker().ifPresent(breaker -> line(text, "breaker", breaker));
    errors.forEach(error -> line(text, "error", error.listed()));
    for (Figures.Worker it : figures.workers()) {
      long since = epochMillis - TimeUnit.NANOSECONDS.toMillis(it.ageNanos());
      text.append("worker pid=").append(it.pid());
      text.append(" state=").append(it.state());
      text.append(" since=").append(since);
      text.append(" in-flight=").append(it.inFlight());
      text.append(" served=").append(it.served());
      text.append(" rss=").append(memory.applyAsLong(it.pid())).append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append(' ').append(Plain.line(value.toString())).append('\n');
  }

  /** Something has happened: what of it the lookout is to know at once, it is told. */
  void changed(Figures figures) {
    if (!figures.stage().equals(toldState)) {
      toldState = figures.stage();
      say("state " + toldState + "\n");
    }
    if (figures.wanted() != toldWanted) {
      toldWanted = figures.wanted();
      say("wanted " + toldWanted + "\n");
    }
  }

  /** How the workers were started; see {@link Trainees#word}. */
  void trained(String word) {
    trained = word;
    if (link.isPresent() && !trained.equals(toldTrained)) {
      toldTrained = trained;
      say("trained " + trained + "\n");
    }
  }

  /** A second has passed. */
  void tick(Figures figures) {
    String total = total(figures);
    if (!total.equals(toldTotal)) {
      toldTotal = total;
      say(total);
    }
  }

  private static String total(Figures figures) {
    return "total served=%d died=%d restarts=%d\n"
        .formatted(figures.served(), figures.died(), figures.restarts());
  }

  private void say(String lines) {
    link.ifPresent(it -> it.say(lines));
  }

  /** The master ends. */
  void end(Figures figures) throws InterruptedException {
    if (link.isPresent()) {
      link.get().end(total(figures));
    }
  }
}
