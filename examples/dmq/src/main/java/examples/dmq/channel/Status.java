package examples.dmq.channel;

/** How a request has ended: what an answer begins with, in either protocol. */
public enum Status {
  OK(0, 200),
  EMPTY(1, 204),
  /** No room for another record: somebody has to take some. */
  FULL(2, 507),
  /** Nothing that this node understands. */
  BAD(3, 400),
  /** The record is larger than any may be. */
  TOO_LARGE(4, 413),
  /** No room for another queue. */
  NO_ROOM(5, 507),
  /** The queue's records are delivered, and nobody else can have them. */
  TAKEN(6, 409),
  /** Too many connections. */
  BUSY(7, 503),
  /** No answer but records, for a consumer. */
  BATCH(8, 200);

  private final int code;
  private final int http;

  Status(int code, int http) {
    this.code = code;
    this.http = http;
  }

  /** The byte of the binary protocol. */
  public byte code() {
    return (byte) code;
  }

  /** The status of HTTP. */
  public int http() {
    return http;
  }
}
