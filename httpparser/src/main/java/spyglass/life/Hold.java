package spyglass.life;

/**
 * Work that no client waits for, and that sleep shall not come upon. As long as one is open, its worker
 * counts as busy, and so the tree stays awake. An order to stop does not wait for it, nor does a sleep
 * that has begun: one that is taken in the very moment in which all fall asleep (a twentieth of a second)
 * comes too late, and the app is asked to put away what it keeps as ever.
 */
public interface Hold extends AutoCloseable {

  /** The work is done. From any thread; a second time means nothing. */
  @Override
  void close();
}
