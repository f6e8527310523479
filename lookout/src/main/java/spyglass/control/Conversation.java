package spyglass.control;

/** What is talked about in a {@link Talk}. */
interface Conversation {

  /** The other side said a line; here it is without its end. */
  void heard(String line);

  /** The other side will say no more; perhaps it still listens. */
  void ended();

  /** The time that was given with {@link Talk#within} is over. */
  void overdue();
}
