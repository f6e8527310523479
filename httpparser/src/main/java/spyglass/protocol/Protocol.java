package spyglass.protocol;

import java.time.Instant;

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

  /**
   * Called once, when no connection is open any more and none will be: the worker leaves, to sleep, to
   * stop or for a new one; and before the same of every protocol that this one needs. What must outlive
   * it is to be written now, below {@link Context#data}. New visitors wait until it is done if all go
   * to sleep. Not called where a process is killed.
   *
   * @param deadline from when on the server may end this process, done or not
   * @throws Exception when it could not be done: that is logged and told in {@code spyglass status}
   */
  default void sleep(Instant deadline) throws Exception {}

  /** Makes the handler of a new connection. */
  ProtocolHandler open(Link link);
}
