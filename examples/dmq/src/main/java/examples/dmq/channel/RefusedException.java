package examples.dmq.channel;

/** A request that cannot be done, and why: one line that its client is told. */
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  private final Status status;

  /** Refuses with a reason. */
  public RefusedException(Status status, String reason) {
    super(reason);
    this.status = status;
  }

  /** What kind of refusal it is. */
  public Status status() {
    return status;
  }

  /** Why, in one line. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
