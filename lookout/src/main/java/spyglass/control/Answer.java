package spyglass.control;

/** What is answered to an order: a line whose first word says how it went. */
public final class Answer {

  /** It is being done, or was done already. */
  public static final String OK = "ok";

  /** It cannot be done now. */
  public static final String NOT_NOW = "not-now";

  /** Nobody knows that order. */
  public static final String WRONG = "wrong";

  private Answer() {}

  /** It is being done. */
  public static String ok(String how) {
    return OK + " " + how;
  }

  /** It cannot be done now, and why. */
  public static String notNow(String why) {
    return NOT_NOW + " " + why;
  }

  /** Nobody knows that order. */
  public static String wrong(String why) {
    return WRONG + " " + why;
  }
}
