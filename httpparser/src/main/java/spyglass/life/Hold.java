package spyglass.life;

/**
 * Work that no client waits for, and that sleep shall not come upon. As long as one is open, its worker
 * counts as busy, and so the tree stays awake. An order to stop does not wait for it.
 */
public interface Hold extends AutoCloseable {

  /** The work is done. From any thread; a second time means nothing. */
  @Override
  void close();
}
