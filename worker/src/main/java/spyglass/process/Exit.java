package spyglass.process;

/**
 * What a process of ours says with its end. A process that a signal ended says 128 and the signal's
 * number, as a shell would put it; nobody chooses that.
 */
public final class Exit {

  /** All went as asked. */
  public static final int FINE = 0;

  /** Of the command: no such server runs. */
  public static final int NOBODY = 3;

  /** The command line is wrong: nothing was started. */
  public static final int USAGE = 100;

  /** A system call failed. */
  public static final int SYSTEM = 111;

  /** The app could not be started. The log says why. */
  public static final int APP = 112;

  private Exit() {}

  /** Whether a status as {@link Process#waitFor} tells it stands for the end by a signal. */
  public static boolean bySignal(int status) {
    return status > 128;
  }

  /** A status in words, for the log. */
  public static String inWords(int status) {
    return bySignal(status) ? "killed by signal " + (status - 128) : "exit " + status;
  }
}
