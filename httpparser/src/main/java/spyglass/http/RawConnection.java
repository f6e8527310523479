package spyglass.http;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * A connection without HTTP: bytes in, bytes out. One thread may read while another writes; several
 * that write should agree on an order, because only one call of {@code write} is whole by itself.
 * Both streams are of no use any more when the {@link Upgrade} has returned. A test may make one
 * from any two streams.
 *
 * @param in begins with what the client has sent behind its request already. Reading waits as long
 *     as the client is silent, for ever if need be. It ends (-1) when the client says that it will
 *     send no more, and also when the server was told to stop: say goodbye then and return, within
 *     {@code --drain} seconds
 * @param out small writes are collected until {@code flush}. Writing waits for a slow client and
 *     throws an IOException when it is too slow ({@code --stall-timeout}, {@code --least-rate}) or
 *     gone
 * @param peer who is at the other end
 */
public record RawConnection(InputStream in, OutputStream out, Peer peer) {}
