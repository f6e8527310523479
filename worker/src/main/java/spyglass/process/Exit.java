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

  /**
   * What HotSpot says when TERM comes in the first moments of its boot, before it has a thread for
   * signals (it stumbles over "Bad level"). It says so about much else, too.
   */
  private static final int JVM = 1;

  private Exit() {}

  /** What stands for the end by a signal. */
  public static int signal(int number) {
    return 128 + number;
  }

  /** Whether a status as {@link Process#waitFor} tells it stands for the end by a signal. */
  public static boolean bySignal(int status) {
    return status > 128;
  }

  /**
   * Whether somebody else may have ended a boot: that says nothing about what was to be booted, and one
   * more try is worth it.
   */
  public static boolean isWorthATry(int bootStatus) {
    return bySignal(bootStatus) || bootStatus == JVM;
  }

  /** A status in words, for the log. */
  public static String inWords(int status) {
    return bySignal(status) ? "killed by signal " + (status - 128) : "exit " + status;
  }
}
