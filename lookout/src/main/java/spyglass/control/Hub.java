package spyglass.control;

import java.util.function.Consumer;

/** Who stands behind the control socket: the lookout. Its thread only. */
public interface Hub {

  /** An order from outside, such as {@code scale 3}; the answer is a line, see {@link Answer}. */
  String order(String text);

  /** All figures, as lines of a name and a value. Told at once, or when the master has answered. */
  void figures(Consumer<String> answer);

  /**
   * A process says that it is the master.
   *
   * @return whether it is the one that was started
   */
  boolean isMaster(long pid);

  /** The master has connected and is listening. */
  void connected(MasterLink link);

  /**
   * The master has said something by itself.
   *
   * @param word {@code wanted}, {@code state}, {@code total}, {@code trained} or {@code last-error}
   * @param rest what stands behind it
   */
  void heard(String word, String rest);

  /** There is no connection to the master any more. */
  void disconnected();
}
