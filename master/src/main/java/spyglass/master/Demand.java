package spyglass.master;

import java.util.Optional;

/** What somebody may ask of a master, by a signal or over the control connection. */
sealed interface Demand {

  /** Tell how you are. */
  record Status() implements Demand {}

  /** Have every worker, and yourself, print its threads to the log. */
  record Dump() implements Demand {}

  /** What is for the {@link Staff} to decide. */
  sealed interface OfStaff extends Demand {}

  /** Replace all workers by new ones, one by one, as the jar may be another now. */
  record Reload() implements OfStaff {}

  /** Have so many workers. */
  record Scale(int workers) implements OfStaff {}

  /** Have one worker more. */
  record More() implements OfStaff {}

  /** Have one worker less. */
  record Fewer() implements OfStaff {}

  /** Go to sleep as soon as nobody has work, however short that was ago. */
  record Sleep() implements OfStaff {}

  /** End, and drop what is in flight. */
  record Cut() implements OfStaff {}

  /** A line of the control connection; empty for one that means nothing. */
  static Optional<Demand> of(String line) {
    return switch (line) {
      case "status" -> Optional.of(new Status());
      case "dump" -> Optional.of(new Dump());
      case "reload" -> Optional.of(new Reload());
      case "more" -> Optional.of(new More());
      case "fewer" -> Optional.of(new Fewer());
      case "sleep" -> Optional.of(new Sleep());
      case "cut" -> Optional.of(new Cut());
      default -> line.matches("scale [0-9]{1,3}") ? scale(line) : Optional.empty();
    };
  }

  private static Optional<Demand> scale(String line) {
    int workers = Integer.parseInt(line.substring("scale ".length()));
    return workers >= 1 && workers <= MasterMain.MOST_WORKERS
        ? Optional.of(new Scale(workers))
        : Optional.empty();
  }
}
