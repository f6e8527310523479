package spyglass.torture;

/** The four kinds of client. */
enum Kind {
  /** A connection for each request. */
  SHORT,
  /** One connection for several requests, with pauses between them. */
  KEEP_ALIVE,
  /** Sends its request byte by byte and reads the answer as slowly. */
  SLOW,
  /** Is answered in parts, for more than a second, and wants all of them. */
  STREAMING
}
