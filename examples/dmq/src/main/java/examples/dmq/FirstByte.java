package examples.dmq;

import examples.dmq.channel.Out;
import examples.dmq.channel.Status;
import examples.dmq.http.Hosts;
import examples.dmq.http.HttpHandler;
import examples.dmq.wire.BinaryHandler;
import examples.dmq.wire.Node;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import spyglass.http.Refused;
import spyglass.http.Reply;
import spyglass.protocol.Link;
import spyglass.protocol.Message;
import spyglass.protocol.ProtocolException;
import spyglass.protocol.ProtocolHandler;

/** Decides by a connection's first byte what is spoken: below 128 it is HTTP. */
final class FirstByte implements ProtocolHandler {

  private static final String CROWDED = "There are too many connections.";

  private final Node node;
  private final Link link;
  private final Hosts hosts;
  private final boolean crowded;
  private final Housekeeping housekeeping;
  private final long opened = System.nanoTime();
  private volatile Optional<ProtocolHandler> handler = Optional.empty();

  FirstByte(Node node, Link link, Hosts hosts, boolean crowded, Housekeeping housekeeping) {
    this.node = node;
    this.link = link;
    this.hosts = hosts;
    this.crowded = crowded;
    this.housekeeping = housekeeping;
  }

  @Override
  public void received(ByteBuffer bytes, Consumer<Message> messages) throws ProtocolException {
    if (handler.isEmpty() && bytes.hasRemaining()) {
      boolean binary = bytes.get(bytes.position()) < 0;
      if (crowded) {
        node.stats().failed();
        node.failures().line(link.peer() + ": " + CROWDED);
        throw new ProtocolException(CROWDED, binary ? busy() : unavailable());
      }
      handler =
          Optional.of(binary ? new BinaryHandler(node, link) : new HttpHandler(node, link, hosts));
    }
    if (handler.isPresent()) {
      handler.get().received(bytes, messages);
    }
  }

  /**
   * Whether nothing at all was said for so long, or nothing is asked over HTTP. Who has said that he speaks
   * the binary protocol may be silent.
   */
  boolean isIdle(long nanos) {
    Optional<ProtocolHandler> known = handler;
    return known.isEmpty()
        ? System.nanoTime() - opened > nanos
        : known.get() instanceof HttpHandler http && http.isIdle(nanos);
  }

  /** Closes the connection. */
  void hangUp() {
    link.close();
  }

  private static byte[] busy() {
    byte[] text = CROWDED.getBytes(StandardCharsets.UTF_8);
    return new Out().put(Status.BUSY.code()).putInt(text.length).put(text).copy();
  }

  private static byte[] unavailable() {
    return Reply.refusal(new Refused(Status.BUSY.http(), CROWDED), "", false);
  }

  @Override
  public void ended(Consumer<Message> messages) {
    handler.ifPresent(known -> known.ended(messages));
  }

  @Override
  public void closed() {
    node.stats().closed();
    housekeeping.forget(this);
    handler.ifPresent(ProtocolHandler::closed);
  }
}
