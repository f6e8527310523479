package spyglass.worker;

import java.time.Duration;

/**
 * How long anything may take.
 *
 * @param drain what was accepted, after the order to stop
 * @param firstByte a new connection, to say anything
 * @param head a head, from its first byte to its last
 * @param keepAlive a connection's silence between two requests
 * @param stall a body, or the reader of an answer, that stands still
 * @param request the app, from a request to the first byte of its answer; zero for any time
 * @param stuck an app's thread, to come back after it was answered for and interrupted
 * @param linger a closed connection's last bytes, which are read and thrown away
 */
record Clocks(
    Duration drain,
    Duration firstByte,
    Duration head,
    Duration keepAlive,
    Duration stall,
    Duration request,
    Duration stuck,
    Duration linger) {}
