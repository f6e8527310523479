package examples.dmq.http;

import examples.dmq.channel.Channel;
import examples.dmq.channel.Consumer;
import examples.dmq.channel.Line;
import examples.dmq.channel.Name;
import examples.dmq.channel.Out;
import examples.dmq.channel.RefusedException;
import examples.dmq.wire.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import spyglass.http.Head;
import spyglass.http.Reply;
import spyglass.http.Response;
import spyglass.protocol.Link;

/**
 * Records as an answer that does not end: a chunk for each batch. HTTP has no word for "another batch",
 * so what tells that the client is slow is that his outbox is full.
 */
final class Streaming implements Consumer {

  private static final int MOST = 16 << 10;

  /** The length of a chunk as eight digits, so that it can be written when the chunk is there. */
  private static final byte[] NO_LENGTH = latin1("00000000\r\n");

  private static final byte[] LINE_END = latin1("\r\n");

  private final Node node;
  private final Link link;
  private final Head asked;
  private final Name name;
  private final boolean framed;
  private boolean over;

  /**
   * A stream that has not begun.
   *
   * @param framed whether each record has its length before it, four bytes, or a line feed behind it
   */
  Streaming(Node node, Link link, Head asked, Name name, boolean framed) {
    this.node = node;
    this.link = link;
    this.asked = asked;
    this.name = name;
    this.framed = framed;
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Sends the head, and then the records that are there. */
  void begin() throws IOException, RefusedException {
    String type = framed ? "application/octet-stream" : "text/plain; charset=utf-8";
    Response response = Response.stream(type, out -> {});
    byte[] head = Reply.to(asked, response, true, Dates.now()).head();
    node.channels().use(name.channel(), this::line);
    link.write(head);
    node.stats().sent(head.length);
    Channel channel =
        node.channels()
            .use(
                name.channel(),
                found -> {
                  Line line = line(found);
                  if (!isOver()) {
                    line.join(this);
                  }
                  return found;
                });
    node.moved(channel);
  }

  private Line line(Channel channel) throws IOException, RefusedException {
    node.deliveries().checkFree(name);
    return channel.line(name.taker());
  }

  byte[] refusal(RefusedException why) {
    Response response = Response.text(why.status().http(), why.reason() + "\n");
    Reply reply = Reply.to(asked, response, false, Dates.now());
    Out out = new Out();
    return out.put(reply.head()).put(latin1(why.reason() + "\n")).copy();
  }

  /** The client wants no more, or the node stops: the last chunk. */
  void end() {
    if (!isOver()) {
      closed();
      link.offer(Reply.lastChunk());
    }
  }

  /** Nothing more is sent. */
  void closed() {
    synchronized (this) {
      over = true;
    }
    node.channels().leave(name, this);
  }

  private synchronized boolean isOver() {
    return over;
  }

  @Override
  public int most() {
    return MOST;
  }

  @Override
  public void begin(Out out) {
    out.put(NO_LENGTH);
  }

  @Override
  public void before(Out out, int length) {
    if (framed) {
      out.putInt(length);
    }
  }

  @Override
  public void after(Out out) {
    if (!framed) {
      out.put('\n');
    }
  }

  @Override
  public void end(Out out) {
    byte[] digits = latin1("%08x".formatted(out.size() - NO_LENGTH.length));
    System.arraycopy(digits, 0, out.array(), 0, digits.length);
    out.put(LINE_END);
  }

  @Override
  public boolean hasRoom(int bytes) {
    return link.hasRoom(bytes);
  }

  @Override
  public boolean offer(byte[] batch) {
    boolean sent = link.offer(batch);
    node.stats().sent(sent ? batch.length : 0);
    return sent;
  }

  @Override
  public void close() {
    link.close();
  }

  @Override
  public boolean wantsMore() {
    return true;
  }

  /** Reads what a client asks for: {@code GET /channels/NAME/stream}, perhaps {@code ?framed}. */
  static Optional<String> nameIn(String path) {
    boolean is = path.startsWith(Api.CHANNELS + "/") && path.endsWith("/stream");
    return is
        ? Optional.of(
            path.substring(
                Api.CHANNELS.length() + 1,
                Math.max(Api.CHANNELS.length() + 1, path.length() - "/stream".length())))
        : Optional.empty();
  }
}
