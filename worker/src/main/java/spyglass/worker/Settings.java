package spyglass.worker;

import java.time.Duration;
import spyglass.http.Limits;
import spyglass.http.proxy.Trust;
import spyglass.process.Arguments;

/**
 * What a worker was told on its command line.
 *
 * @param threads requests in the app at once
 * @param trust whose word about their clients is believed
 * @param proxyProtocol whether each connection begins with a header that says whose it is
 * @param probe the path of health checks; empty for none
 * @param limits how much of a request is taken
 * @param clocks how long anything may take
 * @param bounds what one client may cost
 */
record Settings(
    int threads,
    Trust trust,
    boolean proxyProtocol,
    String probe,
    Limits limits,
    Clocks clocks,
    Bounds bounds) {

  private static final Duration LINGER = Duration.ofSeconds(2);

  static Settings from(Arguments args) {
    return new Settings(
        count(args, "threads"),
        args.text("trust").isEmpty() ? Trust.NOBODY : Trust.parse(args.text("trust")),
        Boolean.parseBoolean(args.text("proxy-protocol")),
        args.text("probe"),
        new Limits(
            count(args, "max-request-line"),
            count(args, "max-fields"),
            count(args, "max-head"),
            args.number("max-body"),
            count(args, "max-chunk-line")),
        new Clocks(
            seconds(args, "drain"),
            seconds(args, "first-byte-timeout"),
            seconds(args, "head-timeout"),
            seconds(args, "keep-alive"),
            seconds(args, "stall-timeout"),
            seconds(args, "request-timeout"),
            seconds(args, "stuck-timeout"),
            LINGER),
        new Bounds(
            args.number("least-rate"),
            count(args, "max-connections"),
            count(args, "requests-per-connection"),
            args.number("max-buffered"),
            count(args, "max-message"),
            count(args, "max-outbox"),
            count(args, "queue"),
            count(args, "max-skipped")));
  }

  private static int count(Arguments args, String name) {
    return Math.toIntExact(args.number(name));
  }

  private static Duration seconds(Arguments args, String name) {
    return Duration.ofSeconds(args.number(name));
  }
}
