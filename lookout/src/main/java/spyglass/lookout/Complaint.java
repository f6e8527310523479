package spyglass.lookout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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

  /** What descriptor 0 was when this program began; later it is the listening socket in any case. */
  private final String input = descriptor(0);

  /** To be made before anything else. */
  Complaint() {}

  /** One line. */
  void tell(String message) {
    if (!isOutputASocket()) {
      System.err.println("spyglass: " + message);
      return;
    }
    String line = PRIORITY + "spyglass[" + ProcessHandle.current().pid() + "]: " + message;
    try {
      new KernelSockets(new Kernel()).tell(SYSTEM_LOG, line);
    } catch (IOException e) {
      // There is no log; the exit status has to do.
    }
  }

  /** Whether descriptor 2 is the same listening socket as descriptor 0. */
  static boolean isOutputASocket() {
    return descriptor(0).startsWith("socket:")
        && descriptor(0).equals(descriptor(2))
        && isListening();
  }

  private static boolean isListening() {
    return new KernelSockets(new Kernel()).isListening(0);
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
