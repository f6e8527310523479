package spyglass.http;

/**
 * The client made a mistake, and we say so: the answer to send before the connection is closed. It
 * is always closed, because after a message nobody understands no one can tell where the next one
 * starts (RFC 9112 section 11.2).
 *
 * @param status 400, 408, 413, 414, 417, 431, 501 or 505
 * @param reason one sentence for the client and the log, without anything the client sent
 */
public record Refused(int status, String reason) implements Parsed {}
