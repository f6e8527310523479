package spyglass.torture;

/** What became of one request, as its client saw it. */
enum Fate {
  /** The answer came whole and was the right one. */
  ANSWERED,
  /** 503 with Retry-After: told, not lost. */
  REFUSED,
  /**
   * Sent over a connection that had been idle, and the connection ended without a byte of an answer.
   * The server may close an idle connection at any time, so a client sends such a request again
   * (RFC 9112 section 9.5).
   */
  CROSSED,
  /** The connection was reset or ended before the answer was whole. */
  BROKEN,
  /** Nothing came for longer than anything here should take. */
  SILENT,
  /** Nobody was listening. */
  UNHEARD,
  /** An answer, but not to this. */
  WRONG;

  /** Whether nobody has to explain it. */
  boolean isFine() {
    return this == ANSWERED || this == REFUSED;
  }
}
