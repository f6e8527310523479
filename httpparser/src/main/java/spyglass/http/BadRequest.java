package spyglass.http;

/**
 * What the client sent cannot be understood or is too much, and the app found out. Unchecked, so
 * that an app may simply let it pass: the server then answers with {@link #response} and writes no
 * stack trace, because the app did not fail.
 */
public final class BadRequest extends RuntimeException {

  private final int status;
  private final String reason;

  /**
   * A mistake of the client's.
   *
   * @param status 400 to 499
   * @param reason one sentence for the client, without anything the client sent
   */
  public BadRequest(int status, String reason) {
    // Neither cause nor stack trace: strangers could make the server fill in thousands a second.
    super(status + ": " + reason, null, false, false);
    if (status < 400 || status > 499) {
      throw new IllegalArgumentException(status + " does not blame the client");
    }
    this.status = status;
    this.reason = reason;
  }

  /** A mistake that has no status of its own: 400. */
  BadRequest(String reason) {
    this(400, reason);
  }

  /** The status to answer with. */
  public int status() {
    return status;
  }

  /** What to tell the client. */
  public String reason() {
    return reason;
  }

  /** The answer. */
  public Response response() {
    return Response.text(status, reason + "\n");
  }
}
