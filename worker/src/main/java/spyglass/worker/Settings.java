package spyglass.worker;

import java.time.Duration;
import spyglass.http.Limits;
import spyglass.process.Arguments;

/**
 * What a worker was told on its command line, and the waits that are not options yet.
 *
 * @param app the class that answers
 * @param threads requests in the app at once
 * @param limits how much of a request is taken
 * @param drain how long what was accepted may take to finish after the order to stop
 * @param firstByte how long a new connection may stay silent
 * @param head how long a head may take from its first byte to its last
 * @param keepAlive how long a connection may stay silent between two requests
 * @param stall how long a body, or the reader of an answer, may stand still
 * @param linger how long a closed connection's last bytes are read and thrown away
 */
record Settings(
    String app,
    int threads,
    Limits limits,
    Duration drain,
    Duration firstByte,
    Duration head,
    Duration keepAlive,
    Duration stall,
    Duration linger) {

  static Settings from(Arguments args) {
    return new Settings(
        args.text("app"),
        Math.toIntExact(args.number("threads")),
        Limits.DEFAULT.withBody(args.number("max-body")),
        Duration.ofSeconds(args.number("drain")),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2));
  }
}
