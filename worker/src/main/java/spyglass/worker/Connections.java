package spyglass.worker;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are open, which are known by their keys.
 *
 * @param selector whose keys they are
 * @param server whose connections they are
 */
record Connections(Selector selector, Server server) {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  boolean isEmpty() {
    return selector.keys().stream().noneMatch(Connections::isOpen);
  }

  /**
   * The end of this process would end the connections as well, but in order, and a client could take
   * half an answer for a whole one.
   */
  void cutAll() {
    List<Session> sessions =
        selector.keys().stream()
            .filter(Connections::isOpen)
            .map(key -> (Session) key.attachment())
            .toList();
    if (!sessions.isEmpty()) {
      LOG.warn("the time to finish is over: cutting connections, {} of them", sessions.size());
    }
    sessions.forEach(session -> guard(session, session::cut));
  }

  /** A connection that was closed is among the keys until the next select, which may be long. */
  private static boolean isOpen(SelectionKey key) {
    return key.isValid() && key.attachment() instanceof Session;
  }

  /** One connection's trouble, such as a handler that throws, must not end all the others. */
  void guard(Session session, Runnable work) {
    try {
      work.run();
    } catch (CancelledKeyException e) {
      // An app thread has closed this connection since the selector saw it.
    } catch (Throwable e) {
      // Of whatever kind: other languages throw what theirs does not declare. Told first: with the
      // connection a process that was started for it may lose its log.
      LOG.error("a connection is cut", e);
      session.cut();
      server.failed(e);
    }
  }
}
