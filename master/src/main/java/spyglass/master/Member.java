package spyglass.master;

import java.util.Optional;
import spyglass.worker.Beat;

/** What is known of one worker. */
final class Member {

  private final long pid;
  private final long since;
  private final long lot;
  private final Departure departure;
  private boolean ready;
  private boolean busy;
  private boolean late;
  private boolean old;
  private boolean stuck;
  private Optional<String> worn = Optional.empty();
  private long heardAt;
  private long idleSince;
  private long inFlight;
  private long served;

  /**
   * A worker that was just started.
   *
   * @param lot how many requests it is to answer; then another takes its place
   */
  Member(long pid, long now, long lot) {
    this.pid = pid;
    this.since = now;
    this.lot = lot;
    this.departure = new Departure(pid);
    heardAt = now;
    idleSince = now;
  }

  long pid() {
    return pid;
  }

  /** When it was started. */
  long since() {
    return since;
  }

  Departure departure() {
    return departure;
  }

  /** A byte has come from it. */
  void hear(byte level, long now) {
    heardAt = now;
    switch (level) {
      case Beat.READY -> ready = true;
      case Beat.BUSY, Beat.STILL_BUSY -> busy = true;
      case Beat.IDLE, Beat.UNCOUNTED -> {
        busy = false;
        idleSince = now;
      }
      case Beat.STUCK -> stuck = true;
      default -> {
        // A worker newer than its master may have more to say. Nothing depends on it.
      }
    }
  }

  /** Its figures have come. */
  void count(long nowInFlight, long nowServed, long now) {
    heardAt = now;
    inFlight = nowInFlight;
    served = nowServed;
  }

  /** It can serve, and was not asked to leave. */
  boolean isReady() {
    return ready && !isLeaving();
  }

  boolean wasReady() {
    return ready;
  }

  boolean isLeaving() {
    return departure.hasBegun();
  }

  /** It counts as one of those that serve, or will when it is ready. */
  boolean isServing() {
    return !isLeaving();
  }

  boolean isBusy() {
    return busy;
  }

  /** It has work, and for so long nothing was heard of it. */
  boolean isSilent(long now, long nanos) {
    return busy && now - heardAt >= nanos;
  }

  /** It has no work, and has had none for so long. */
  boolean isIdle(long now, long nanos) {
    return !busy && now - idleSince >= nanos;
  }

  /** It has been starting for longer than that. */
  boolean isSlow(long now, long nanos) {
    return !ready && !isLeaving() && !late && now - since > nanos;
  }

  /** It did not get ready in time. Its end, by our own hand, is its own fault. */
  void giveUp() {
    late = true;
  }

  boolean isLate() {
    return late;
  }

  /** From when on the time without work counts, for one that was asked to leave. */
  void leaveFrom(long now) {
    idleSince = now;
  }

  /** There is something newer to be loaded. */
  void age(boolean isOld) {
    old = isOld;
  }

  boolean isOld() {
    return old;
  }

  /** A thread of its app does not come back. */
  boolean isStuck() {
    return stuck;
  }

  boolean hasAnsweredItsLot() {
    return served >= lot;
  }

  /** It is to be replaced, for that reason. */
  void wear(String why) {
    worn = Optional.of(why);
  }

  Optional<String> worn() {
    return worn;
  }

  long inFlight() {
    return inFlight;
  }

  long served() {
    return served;
  }

  /** For people. */
  String state() {
    if (isLeaving()) {
      return "leaving";
    }
    if (!ready) {
      return "booting";
    }
    if (stuck) {
      return "stuck";
    }
    return busy ? "busy" : "ready";
  }
}
