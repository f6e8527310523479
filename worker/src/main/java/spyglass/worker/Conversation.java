package spyglass.worker;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import spyglass.http.Head;
import spyglass.http.HttpParser;
import spyglass.http.Limits;
import spyglass.http.Parsed;

/** The requests of one connection, one after another, answered in their order. On an app thread. */
final class Conversation {

  private final Server server;
  private final Wire wire;
  private final Inbox inbox;
  private final HttpParser parser;
  private int answered;

  Conversation(Server server, Wire wire, Inbox inbox, HttpParser parser) {
    this.server = server;
    this.wire = wire;
    this.inbox = inbox;
    this.parser = parser;
  }

  /**
   * Answers a request and those that wait whole behind it in the inbox.
   *
   * @return what stands behind the last that was answered, a head whose body is still on its way, or
   *     no whole head, or a refusal; null when the connection is to end
   * @throws IOException when the client must see that something went wrong
   */
  @Nullable Parsed answer(Head first) throws IOException {
    Parsed next = first;
    do {
      answered++;
      wire.begin();
      boolean last = answered >= server.settings().bounds().requests();
      if (!new Exchange(server, wire, inbox, (Head) next, last).run()) {
        return null;
      }
      next = parser.parse(inbox.bytes());
    } while (next instanceof Head head && isWhole(head));
    return next;
  }

  private boolean isWhole(Head head) {
    Limits limits = server.settings().limits();
    return Gathering.isNeedless(head) || new Gathering(head, limits).isWhole(inbox.bytes());
  }
}
