package spyglass.protocol;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import spyglass.protocol.ProtocolLint.Clause;

/** A link that knows which thread is in its handler, and lets that one do nothing that waits. */
final class LintLink implements Link {

  private final Link link;
  private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();

  LintLink(Link link) {
    this.link = link;
  }

  /** A method of the handler begins. */
  void enter(String method) {
    Thread here = Thread.currentThread();
    Thread other = inside.compareAndExchange(null, here);
    Clause.ONE_AT_A_TIME.unless(
        other == null, method + " on " + here.getName() + " while another has not returned");
  }

  /** It has returned. */
  void leave() {
    inside.set(null);
  }

  @Override
  public SocketAddress peer() {
    return link.peer();
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    Thread here = Thread.currentThread();
    Clause.NO_WAITING.unless(
        !here.equals(inside.get()), bytes.length + " bytes written on " + here.getName());
    link.write(bytes);
  }

  @Override
  public boolean offer(byte[] bytes) {
    return link.offer(bytes);
  }

  @Override
  public boolean hasRoom(int bytes) {
    return link.hasRoom(bytes);
  }

  @Override
  public void close() {
    link.close();
  }
}
