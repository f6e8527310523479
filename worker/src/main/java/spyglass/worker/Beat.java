package spyglass.worker;

/**
 * The four bytes a worker writes to its master. Each tells a level, not a step, so nothing goes wrong
 * when one of them was merged with the next because the pipe was full.
 */
public final class Beat {

  /** The app is there and the worker accepts. */
  public static final byte READY = 'r';

  /** From idle to busy: at least one request is in the app or arriving. */
  public static final byte BUSY = '(';

  /** From busy to idle. */
  public static final byte IDLE = ')';

  /** Still busy, a second later. */
  public static final byte STILL_BUSY = '.';

  private Beat() {}
}
