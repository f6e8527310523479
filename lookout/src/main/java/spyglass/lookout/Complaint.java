package spyglass.lookout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import spyglass.log.Plain;
import spyglass.unix.Kernel;
import spyglass.unix.KernelSockets;

/**
 * Why a command was not carried out, told where somebody can see it. That is standard error, unless inetd
 * has started us: then 0, 1 and 2 are all the listening socket, and what is written there is lost.
 * inetd itself speaks to the system's log, and so do we then.
 */
final class Complaint {

  private static final String SYSTEM_LOG = "/dev/log";

  /** Of the facility daemon, and an error (RFC 3164 section 4.1.1). */
  private static final String PRIORITY = "<27>";

  /** Who hands over a socket starts us again as long as somebody waits there: not at once. */
  private static final long PAUSE_SECONDS = 10;

  /** So long a line can be read. */
  private static final int LONGEST = 300;

  /** So much of a line's end is kept: there stands the remedy. */
  private static final int LONGEST_END = 120;

  private static final int MOST_CAUSES = 20;

  private static final String GAP = " ... ";

  private static final String WHO = "spyglass: ";

  /** What descriptor 0 was when this program began; later it is the listening socket in any case. */
  private final String input = descriptor(0);

  /** To be made before anything else. */
  Complaint() {}

  /** One line, and not too long a one, whatever was typed or read: a file's name can hold a line end. */
  void tell(String words) {
    String message = line(words);
    if (!isOutputASocket()) {
      System.err.println(WHO + message);
      return;
    }
    String line = PRIORITY + "spyglass[" + ProcessHandle.current().pid() + "]: " + message;
    try {
      new KernelSockets(new Kernel()).tell(SYSTEM_LOG, line);
    } catch (IOException e) {
      // There is no log; the exit status has to do.
    }
  }

  /** The words as one line, without their middle if that is too long. */
  static String line(String words) {
    String line = Plain.line(words);
    int longest = LONGEST - WHO.length();
    return line.length() <= longest
        ? line
        : line.substring(0, longest - GAP.length() - LONGEST_END)
            + GAP
            + line.substring(line.length() - LONGEST_END);
  }

  /** What a failure that is nobody's mistake says of itself: what lies behind it all, and what it is. */
  static String words(Throwable failure) {
    Throwable root = failure;
    for (int deep = 0; deep < MOST_CAUSES && root.getCause() != null; deep++) {
      root = root.getCause();
    }
    String cause =
        root.getClass().getSimpleName()
            + (root.getMessage() == null ? "" : ": " + root.getMessage());
    if (failure instanceof Error) {
      return cause + ": see ulimit -a, and what memory is left";
    }
    // A file's failure has the name for a message, and what is wrong with it in its class.
    boolean bare = failure instanceof FileSystemException || failure.getMessage() == null;
    return bare ? cause : String.valueOf(failure.getMessage());
  }

  /** Whether descriptor 2 is the same listening socket as descriptor 0. */
  static boolean isOutputASocket() {
    return descriptor(0).startsWith("socket:")
        && descriptor(0).equals(descriptor(2))
        && isListening();
  }

  private static boolean isListening() {
    try {
      return new KernelSockets(new Kernel()).isListening(0);
    } catch (IllegalStateException | UncheckedIOException e) {
      // Without native code nobody can tell; and that is what is to be complained about.
      return false;
    }
  }

  /**
   * Waits, when descriptor 0 was somebody else's socket from the beginning: its next connection, which is
   * there already, would start the same failure again, as fast as the machine can. systemd would
   * close such a socket for good, and inetd for ten minutes.
   */
  void pause() {
    if (!Handed.isBySystemd() && !(input.startsWith("socket:") && isListening())) {
      return;
    }
    tell("trying again in " + PAUSE_SECONDS + " s at the earliest");
    try {
      TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  /** What it stands for, as the kernel writes it: a path, {@code socket:[NUMBER]}; empty if it is closed. */
  static String descriptor(int number) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
