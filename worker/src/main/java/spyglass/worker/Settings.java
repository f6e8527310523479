package spyglass.worker;

import java.time.Duration;
import spyglass.http.Limits;
import spyglass.http.proxy.Trust;
import spyglass.process.Arguments;

/**
 * What a worker was told on its command line.
 *
 * @param app the class that answers
 * @param threads requests in the app at once
 * @param trust whose word about their clients is believed
 * @param limits how much of a request is taken
 * @param drain how long what was accepted may take to finish after the order to stop
 * @param firstByte how long a new connection may stay silent
 * @param head how long a head may take from its first byte to its last
 * @param keepAlive how long a connection may stay silent between two requests
 * @param stall how long a body, or the reader of an answer, may stand still
 * @param bounds what one client may cost
 * @param linger how long a closed connection's last bytes are read and thrown away
 */
record Settings(
    String app,
    int threads,
    Trust trust,
    Limits limits,
    Duration drain,
    Duration firstByte,
    Duration head,
    Duration keepAlive,
    Duration stall,
    Bounds bounds,
    Duration linger) {

  private static final Duration LINGER = Duration.ofSeconds(2);

  static Settings from(Arguments args) {
    return new Settings(
        args.text("app"),
        count(args, "threads"),
        args.text("trust").isEmpty() ? Trust.NOBODY : Trust.parse(args.text("trust")),
        new Limits(
            count(args, "max-request-line"),
            count(args, "max-fields"),
            count(args, "max-head"),
            args.number("max-body"),
            count(args, "max-chunk-line")),
        seconds(args, "drain"),
        seconds(args, "first-byte-timeout"),
        seconds(args, "head-timeout"),
        seconds(args, "keep-alive"),
        seconds(args, "stall-timeout"),
        new Bounds(
            args.number("least-rate"),
            count(args, "max-connections"),
            count(args, "requests-per-connection"),
            count(args, "max-skipped")),
        LINGER);
  }

  private static int count(Arguments args, String name) {
    return Math.toIntExact(args.number(name));
  }

  private static Duration seconds(Arguments args, String name) {
    return Duration.ofSeconds(args.number(name));
  }
}
