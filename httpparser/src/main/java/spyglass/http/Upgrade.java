package spyglass.http;

/** Speaks another protocol over a connection that began with HTTP; see {@link Response#upgrade}. */
@FunctionalInterface
public interface Upgrade {

  /**
   * Has the connection for itself until it returns. The server calls it once, after the 101 is
   * sent, on a virtual thread of its own: it may wait as long as it likes without holding one of the
   * {@code --threads}, but while it computes, or waits in native code, it holds a processor that
   * other upgraded connections of this worker need. The connection is open, and keeps the worker
   * from going to sleep, until this method is done; then it is closed.
   *
   * @throws Exception the connection is reset, so that the client cannot take what it got for
   *     whole. What {@link RawConnection} threw may pass: the client is gone, and that is no
   *     failure of the app. Anything else is written to the log
   */
  void run(RawConnection connection) throws Exception;
}
