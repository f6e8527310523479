package spyglass.protocol;

/**
 * A way of talking over a connection. A jar brings one by naming its class in {@code
 * META-INF/services/spyglass.protocol.Protocol}; the class is public, has a public constructor without
 * parameters and bears {@link Provides}, which says what {@code --protocol} calls it.
 *
 * <p>A worker makes one instance and calls {@link #open} once for each connection, at any time and on
 * any thread.
 */
public interface Protocol {

  /**
   * Called once, before the first connection, and after the same of every protocol that this one
   * needs.
   *
   * @param context what the protocol was told and what it needs
   * @throws Exception when it cannot work: the worker then does not start, and the log says why
   */
  default void start(Context context) throws Exception {}

  /** Makes the handler of a new connection. */
  ProtocolHandler open(Link link);
}
