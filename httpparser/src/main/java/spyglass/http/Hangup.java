package spyglass.http;

/**
 * The client went away before its request was whole. There is nobody to tell, so there is no
 * answer; that is what makes this a different type from {@link Refused}.
 *
 * @param midway whether part of a request had arrived
 */
public record Hangup(boolean midway) implements Parsed {}
