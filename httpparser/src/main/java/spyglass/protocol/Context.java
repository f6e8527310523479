package spyglass.protocol;

import spyglass.life.Life;

/** What a protocol is told when it starts. */
public interface Context extends Life {

  /**
   * The value of one of its options.
   *
   * @param name as in {@link Provides.Option#name}
   * @return what the user has set, or the default
   * @throws IllegalArgumentException when it has no such option
   */
  String option(String name);

  /**
   * The value of an option that is a whole number.
   *
   * @param name as in {@link Provides.Option#name}
   * @param least the smallest that makes sense
   * @param most the largest
   * @throws IllegalArgumentException when it has no such option, or when its value is none of these
   *     numbers: one line that says so, which {@link Protocol#start} may let pass
   */
  default int number(String name, int least, int most) {
    String told = option(name);
    try {
      int number = Integer.parseInt(told);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // What is no number at all gets the same answer.
    }
    throw new IllegalArgumentException(
        "option " + name + " is '" + told + "': say a number from " + least + " to " + most);
  }

  /**
   * Another protocol, which has been started.
   *
   * @param name one of {@link Provides#needs}
   * @throws IllegalArgumentException when that is not among its needs
   */
  Protocol needed(String name);
}
