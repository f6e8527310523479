package spyglass.life;

import java.nio.file.Path;

/** What an app or a protocol is told about its own life when it starts. For any thread. */
public interface Life {

  /**
   * The folder in which it may keep things ({@code --data}). All apps of a user may have the same, so
   * it makes a folder of its own in it. It may not be there yet; who cannot make it should throw.
   */
  Path data();

  /** Why this worker was started. */
  WakeReason wakeReason();

  /** Where it may write: the server's log, under its own name. */
  System.Logger log();

  /** Begins work that no client waits for; see {@link Hold}. */
  Hold hold();
}
