package spyglass.worker;

import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.http.Hangup;
import spyglass.http.HttpParser;
import spyglass.http.Parsed;
import spyglass.http.proxy.ProxyProtocol;

/**
 * How a connection begins: with {@code --proxy-protocol} by a header that says whose it is, and
 * otherwise at once by a request.
 *
 * <p>The header is demanded, never guessed. Whoever could leave it out, or put it in, as he likes
 * could call himself anybody. It counts as a part of the silence before the first request, so both
 * must come within {@code --first-byte-timeout}.
 */
final class Opening {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private final HttpParser parser;
  private final Wire wire;
  private boolean over;

  /**
   * The beginning of one connection.
   *
   * @param parser what reads the requests behind the header
   * @param proxied whether there must be a header
   */
  Opening(HttpParser parser, Wire wire, boolean proxied) {
    this.parser = parser;
    this.wire = wire;
    this.over = !proxied;
  }

  /**
   * Looks for the header, if it is not over yet, and then for a request's head.
   *
   * @param in its position is moved behind what was found
   * @return what the parser says; {@link Hangup} when there is no header where one must be: nobody is
   *     told, because who does not speak the proxy's protocol is not the proxy
   */
  Parsed parse(ByteBuffer in) {
    return over ? parser.parse(in) : header(in);
  }

  private Parsed header(ByteBuffer in) {
    return switch (ProxyProtocol.parse(in)) {
      case ProxyProtocol.Result.More more -> Parsed.More.MORE;
      case ProxyProtocol.Result.Malformed malformed -> {
        LOG.debug("a connection is closed: {}", malformed.reason());
        yield new Hangup(true);
      }
      case ProxyProtocol.Result.Found found -> {
        over = true;
        in.position(in.position() + found.length());
        found.peer().ifPresent(wire::introduce);
        yield parser.parse(in);
      }
    };
  }
}
