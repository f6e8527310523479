package examples.dmq.http;

import examples.dmq.channel.RefusedException;
import examples.dmq.channel.Status;
import examples.dmq.wire.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import spyglass.http.Body;
import spyglass.http.BodyDecoder;
import spyglass.http.Hangup;
import spyglass.http.Head;
import spyglass.http.HttpParser;
import spyglass.http.Limits;
import spyglass.http.Parsed;
import spyglass.http.Refused;
import spyglass.http.Reply;
import spyglass.http.Request;
import spyglass.http.RequestBody;
import spyglass.http.Response;
import spyglass.protocol.Link;
import spyglass.protocol.Message;
import spyglass.protocol.ProtocolException;
import spyglass.protocol.ProtocolHandler;

/**
 * HTTP/1.1 over a connection of the protocol's. Heads, framing and answers are the contract's business:
 * {@link HttpParser}, {@link BodyDecoder} and {@link Reply}. A body is gathered whole, since it is a
 * record.
 */
public final class HttpHandler implements ProtocolHandler {

  private static final int PIECE = 8 << 10;

  private final Node node;
  private final Link link;
  private final Hosts hosts;
  private final Api api;
  private final Limits limits;
  private final HttpParser parser;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE);

  /** Bodies that have not been answered yet; the last of them may still be coming. */
  private final Set<Gathering> bodies = ConcurrentHashMap.newKeySet();

  private Gathering body;
  private @Nullable Head head;
  private @Nullable BodyDecoder decoder;
  private volatile Optional<Streaming> streaming = Optional.empty();
  private volatile long active = System.nanoTime();

  /** A connection's. */
  public HttpHandler(Node node, Link link, Hosts hosts) {
    this.node = node;
    this.hosts = hosts;
    this.body = new Gathering(node.bodies());
    this.link = link;
    this.api = new Api(node, link.peer());
    this.limits = Limits.DEFAULT.withBody(node.channels().limits().record());
    this.parser = new HttpParser(limits);
  }

  /** Whether nobody has asked anything for so long, nor listens to a stream. */
  public boolean isIdle(long nanos) {
    return streaming.isEmpty() && (System.nanoTime() - active) > nanos;
  }

  @Override
  public void received(ByteBuffer bytes, Consumer<Message> messages) throws ProtocolException {
    active = System.nanoTime();
    int before = bytes.remaining();
    boolean more = true;
    while (more) {
      Head current = head;
      BodyDecoder decoding = decoder;
      more =
          (current == null || decoding == null)
              ? head(bytes, messages)
              : body(current, decoding, bytes, messages);
    }
    node.stats().received(before - bytes.remaining());
  }

  private boolean head(ByteBuffer bytes, Consumer<Message> messages) throws ProtocolException {
    return switch (parser.parse(bytes)) {
      case Parsed.More more -> false;
      case Hangup hangup -> false;
      case Refused refused -> throw refuse(refused);
      case Head found -> {
        head = found;
        decoder = new BodyDecoder(found.framing(), limits);
        body = new Gathering(node.bodies());
        bodies.add(body);
        if (found.expectsContinue()) {
          messages.accept(client -> client.write(Reply.goOn()));
        }
        yield true;
      }
    };
  }

  private boolean body(
      Head current, BodyDecoder decoding, ByteBuffer bytes, Consumer<Message> messages)
      throws ProtocolException {
    do {
      decoding.decode(bytes, piece.clear());
      if (!body.add(piece.array(), piece.position())) {
        throw refuse(new Refused(Status.BUSY.http(), "Too many bodies are under way."));
      }
    } while (piece.position() > 0);
    Refused refused = decoding.refused();
    if (refused != null) {
      throw refuse(refused);
    }
    if (!decoding.isDone()) {
      return false;
    }
    Gathering whole = body;
    head = null;
    decoder = null;
    messages.accept(
        client -> {
          try {
            answer(current, whole.bytes(), client);
          } finally {
            whole.close();
            bodies.remove(whole);
          }
        });
    return true;
  }

  private ProtocolException refuse(Refused refused) {
    node.stats().failed();
    node.failures().line(link.peer() + " HTTP: " + refused.status() + ", " + refused.reason());
    return new ProtocolException(refused.reason(), Reply.refusal(refused, Dates.now(), false));
  }

  private void answer(Head asked, byte[] record, Link client) throws IOException {
    if (streaming.isPresent()) {
      // A stream ends with its connection: there is no place behind it for an answer.
      return;
    }
    Request request =
        new Request(
            asked.method(),
            asked.target(),
            asked.version(),
            asked.headers(),
            RequestBody.of(record));
    Optional<Response> refusal = hosts.refusal(request);
    Optional<Streaming> stream =
        refusal.isPresent() ? Optional.empty() : api.stream(request, client, asked);
    if (stream.isPresent()) {
      begin(stream.get());
      return;
    }
    Response response = refusal.orElseGet(() -> api.call(request));
    Reply reply = Reply.to(asked, response, true, Dates.now());
    byte[] content =
        reply.framing() instanceof Reply.Frame.Length && response.body() instanceof Body.Bytes bytes
            ? bytes.content()
            : new byte[0];
    write(client, reply.head(), content);
    active = System.nanoTime();
    if (reply.close()) {
      client.close();
    }
  }

  private void write(Link client, byte[] first, byte[] second) throws IOException {
    byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    client.write(both);
    node.stats().sent(both.length);
  }

  private void begin(Streaming stream) throws IOException {
    streaming = Optional.of(stream);
    try {
      stream.begin();
    } catch (RefusedException e) {
      streaming = Optional.empty();
      write(link, new byte[0], stream.refusal(e));
      link.close();
    }
  }

  @Override
  public void ended(Consumer<Message> messages) {
    messages.accept(client -> streaming.ifPresent(Streaming::end));
  }

  @Override
  public void closed() {
    streaming.ifPresent(Streaming::closed);
    bodies.forEach(Gathering::close);
  }
}
