package spyglass.worker;

import spyglass.http.Parsed;
import spyglass.http.Peer;
import spyglass.http.Upgrade;

/** What becomes of a connection when the requests that were there have been answered. */
sealed interface Outcome {

  /**
   * It is to end.
   *
   * @param agreed whether the client has asked for that, and so has nothing more to say
   */
  record End(boolean agreed) implements Outcome {}

  /**
   * It goes on.
   *
   * @param parsed what stands behind the last request that was answered: no whole head, or a refusal
   */
  record Next(Parsed parsed) implements Outcome {}

  /**
   * It goes on with a request whose body is still on its way.
   *
   * @param waiting has looked at what is there of it
   */
  record Arriving(Gathering waiting) implements Outcome {}

  /**
   * It speaks another protocol from now on.
   *
   * @param handler who speaks it
   * @param peer who is at the other end
   */
  record Switched(Upgrade handler, Peer peer) implements Outcome {}
}
