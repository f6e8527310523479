package spyglass.protocol;

/** A client has sent what no message can be made of. */
public final class ProtocolException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient byte[] farewell;

  /**
   * A mistake that ends the connection without a word.
   *
   * @param reason one line, for the log
   */
  public ProtocolException(String reason) {
    this(reason, new byte[0]);
  }

  /**
   * A mistake that ends the connection.
   *
   * @param reason one line, for the log
   * @param farewell what the client is told before
   */
  public ProtocolException(String reason, byte[] farewell) {
    super(reason);
    this.farewell = farewell.clone();
  }

  /** What the client is told before the connection is closed. */
  public byte[] farewell() {
    return farewell.clone();
  }
}
