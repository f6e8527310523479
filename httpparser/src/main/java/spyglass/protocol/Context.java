package spyglass.protocol;

/** What a protocol is told when it starts. */
public interface Context {

  /**
   * The value of one of its options.
   *
   * @param name as in {@link Provides.Option#name}
   * @return what the user has set, or the default
   * @throws IllegalArgumentException when it has no such option
   */
  String option(String name);

  /**
   * Another protocol, which has been started.
   *
   * @param name one of {@link Provides#needs}
   * @throws IllegalArgumentException when that is not among its needs
   */
  Protocol needed(String name);
}
