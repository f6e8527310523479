package spyglass.worker;

/**
 * The bytes a worker writes to its master. Those for busy and idle tell levels, not steps, so nothing
 * goes wrong when one of them was merged with the next because the pipe was full. Bytes that a master
 * does not know mean nothing to it.
 */
public final class Beat {

  /** The app is there and the worker accepts. */
  public static final byte READY = 'r';

  /**
   * Of a master to its lookout, instead of the one above: the first worker had a cache of its app. Digits
   * before either say after how many milliseconds of the wake that was, if not just now.
   */
  public static final byte TRAINED = 't';

  /** From idle to busy: something is in flight that sleep must not cut. */
  public static final byte BUSY = '(';

  /** From busy to idle, and there was a visit: the time of silence begins anew. */
  public static final byte IDLE = ')';

  /**
   * From busy to idle, and nothing of it was a visit: a probe, or a connection that ended without a
   * byte. The time of silence goes on as if nothing had been.
   */
  public static final byte UNCOUNTED = ',';

  /** Still busy, a second later. */
  public static final byte STILL_BUSY = '.';

  /** It accepts nobody any more, whoever has told it so: its place is for another. Once. */
  public static final byte LEAVING = 'l';

  /** The app could not put away what it keeps: its hook for sleep has failed. Once. */
  public static final byte UNSAVED = 'u';

  /** An app's thread was answered for, interrupted, and has not come back; once for each. */
  public static final byte STUCK = 'x';

  /**
   * The last there is: all is done, the app's shutdown hooks too, and this worker is as good as gone.
   * What its process does from here on, writing a recording, concerns nobody.
   */
  public static final byte DONE = 'd';

  /**
   * Not a beat but the begin of a line: {@code =IN_FLIGHT SERVED} and a line end, two numbers in
   * ASCII. What is in flight now, and how many requests were answered since the worker was born. It is
   * told when it has changed, before any beat of the same moment.
   */
  public static final byte COUNTS = '=';

  private Beat() {}
}
