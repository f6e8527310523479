package io.undertow.server.protocol.http;

import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.BadRequestException;
import io.undertow.util.HeaderValues;
import io.undertow.util.ParserUtils;
import java.nio.ByteBuffer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;

/**
 * The one door to undertow. Its parser is private to its package, so this class of ours stands in
 * that package, and nothing else of ours does. Undertow is used for this alone: no server, no
 * channel and no thread of it is ever started.
 *
 * <p>It judges the grammar of the request line and of each field line. What it would make of the
 * target (decoding, path parameters) is switched off or not asked for.
 */
@NullMarked
public final class UndertowDoor {

  private static final RequestParser PARSER =
      RequestParser.instance(
          OptionMap.builder()
              .set(UndertowOptions.DECODE_URL, false)
              .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
              // The limits that count are ours and have been applied by now.
              .set(UndertowOptions.MAX_HEADERS, Integer.MAX_VALUE)
              .set(UndertowOptions.MAX_PARAMETERS, Integer.MAX_VALUE)
              .getMap());

  /** The longest method name the parser takes. */
  public static final int LONGEST_METHOD = ParserUtils.getMaximumRequestMethodLength();

  private UndertowDoor() {}

  /**
   * What undertow found.
   *
   * @param method the method, case kept
   * @param version {@code HTTP/1.0} or {@code HTTP/1.1}
   * @param fields how many field lines there were
   */
  public record Line(String method, String version, int fields) {}

  /**
   * Parses one whole head.
   *
   * @param head the head, its empty last line included
   * @param offset where the request line starts
   * @return what was found, or null when these bytes are no request
   */
  public static @Nullable Line parse(byte[] head, int offset) {
    RequestState state = new RequestState();
    // An exchange without a connection serves as the bag into which the parser puts what it finds.
    HttpServerExchange exchange = new HttpServerExchange(null);
    ByteBuffer bytes = ByteBuffer.wrap(head, offset, head.length - offset);
    try {
      PARSER.handle(bytes, state, exchange);
    } catch (BadRequestException e) {
      return null;
    }
    if (!state.isComplete() || bytes.hasRemaining()) {
      return null;
    }
    int fields = 0;
    for (HeaderValues values : exchange.getRequestHeaders()) {
      fields += values.size();
    }
    return new Line(
        exchange.getRequestMethod().toString(), exchange.getProtocol().toString(), fields);
  }
}
