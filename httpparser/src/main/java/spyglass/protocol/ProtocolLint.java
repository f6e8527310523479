package spyglass.protocol;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * Checks the contract between a server and a protocol: {@code new ProtocolLint(protocol)} is the
 * same protocol under supervision, for tests and for hunting a fault in a running server. A broken
 * clause is thrown as a {@link Violation} that names it and the culprit.
 *
 * <p>{@link #call} is for tests of protocols: it says something to one in every way it may be cut.
 * A talk with more than one turn, or of more than one client, is had with {@link TestClient}.
 */
public final class ProtocolLint implements Protocol {

  /** Whose duty a clause is. */
  public enum Side {
    /** What a protocol may rely on. */
    SERVER,
    /** What a server may rely on. */
    PROTOCOL
  }

  /** One sentence of the contract. */
  public enum Clause {
    ONE_AT_A_TIME(Side.SERVER, "No two methods of one handler run at the same time."),
    LEFT_STAYS(
        Side.SERVER,
        "What a handler did not take is there again, in front of what has come since."),
    IN_ORDER(
        Side.SERVER,
        "The messages of one connection are executed one after another, in their order, each"
            + " once."),
    ENDED_ONCE(
        Side.SERVER,
        "`ended` is called at most once, and after it, or after a `ProtocolException`, nothing but"
            + " `closed`."),
    CLOSED_LAST(Side.SERVER, "`closed` is called once, and nothing after it."),

    FROM_THE_FRONT(
        Side.PROTOCOL,
        "A handler takes bytes from the front: it moves the buffer's position onwards and leaves"
            + " its limit alone."),
    IN_TIME(
        Side.PROTOCOL,
        "A handler hands messages over before the method returns that was given their consumer."),
    NO_WAITING(
        Side.PROTOCOL,
        "`open` and a handler's methods never call `Link.write`, which may wait; messages do."),
    COPIED(Side.PROTOCOL, "A message keeps copies of bytes: those in the buffer change."),
    ANY_CUT(
        Side.PROTOCOL,
        "In what pieces the bytes come makes no difference to what is written and how it ends.");

    private final Side side;
    private final String text;

    Clause(Side side, String text) {
      this.side = side;
      this.text = text;
    }

    /** Whose duty it is. */
    public Side side() {
      return side;
    }

    /** The clause itself. */
    public String text() {
      return text;
    }

    /** Throws unless the clause holds. */
    void unless(boolean holds, String culprit) {
      if (!holds) {
        throw new Violation(this, culprit);
      }
    }
  }

  /**
   * A clause was broken. An AssertionError, because it tells of a mistake in a program and of
   * nothing a program could handle.
   */
  public static final class Violation extends AssertionError {

    private static final long serialVersionUID = 1;

    private final Clause clause;

    Violation(Clause clause, String culprit) {
      super(clause + ": " + clause.text() + " Here: " + culprit);
      this.clause = clause;
    }

    /** What was broken. */
    public Clause clause() {
      return clause;
    }
  }

  private final Protocol protocol;

  /** The same protocol under supervision. */
  public ProtocolLint(Protocol protocol) {
    this.protocol = protocol;
  }

  /**
   * Starts a protocol in a test, where it has no folder to keep things in.
   *
   * @param told options by name; the others have the values that its {@link Provides} gives them
   * @param needed what it needs, started
   * @return the same protocol
   * @throws Exception what {@link Protocol#start} throws
   */
  public static <P extends Protocol> P started(
      P protocol, Map<String, String> told, Protocol... needed) throws Exception {
    protocol.start(TestContext.of(protocol, told, needed));
    return protocol;
  }

  /**
   * Starts a protocol in a test.
   *
   * @param data the folder in which it keeps things
   * @param told options by name; the others have the values that its {@link Provides} gives them
   * @return the same protocol
   * @throws Exception what {@link Protocol#start} throws
   */
  public static <P extends Protocol> P started(P protocol, Path data, Map<String, String> told)
      throws Exception {
    protocol.start(TestContext.of(protocol, told).in(data));
    return protocol;
  }

  /**
   * Says something to a protocol: whole, byte by byte, and cut in two at every byte (of much, at
   * some hundreds), each on a connection of its own. After it the client sends no more.
   *
   * @param protocol one that has been started and that answers the same each time
   * @param said all that the client sends
   * @return what came of it
   * @throws Exception what a message throws
   */
  public static TestClient.Answer call(Protocol protocol, byte[] said) throws Exception {
    return new Cuts(protocol, said).check();
  }

  @Override
  public void start(Context context) throws Exception {
    protocol.start(context);
  }

  @Override
  public void sleep(Instant deadline) throws Exception {
    protocol.sleep(deadline);
  }

  @Override
  public ProtocolHandler open(Link link) {
    LintLink watched = new LintLink(link);
    watched.enter("open");
    try {
      return new LintHandler(protocol.open(watched), watched);
    } finally {
      watched.leave();
    }
  }
}
