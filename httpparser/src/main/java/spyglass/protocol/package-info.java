/**
 * The contract for protocols other than HTTP: bytes come in, a handler cuts them into messages, a
 * worker's threads execute the messages, and these answer by way of a link.
 *
 * <p>As with {@code spyglass.http}, nothing here knows of sockets, threads or processes; a protocol
 * runs unchanged in every way of accepting.
 */
@NullMarked
package spyglass.protocol;

import org.jspecify.annotations.NullMarked;
