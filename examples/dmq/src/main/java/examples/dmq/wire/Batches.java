package examples.dmq.wire;

import examples.dmq.channel.Consumer;
import examples.dmq.channel.Out;
import examples.dmq.channel.Status;
import examples.dmq.stats.Stats;
import spyglass.protocol.Link;

/**
 * Sends batches to a client who has asked for one. Another is sent when he has said that he wants it, so
 * there is never more than one on the way.
 */
final class Batches implements Consumer {

  private final Link link;
  private final Stats stats;
  private final int most;

  Batches(Link link, Stats stats, int most) {
    this.link = link;
    this.stats = stats;
    this.most = most;
  }

  @Override
  public int most() {
    return most;
  }

  @Override
  public void begin(Out out) {
    out.put(Status.BATCH.code()).putInt(0);
  }

  @Override
  public void before(Out out, int length) {
    out.putInt(length);
  }

  @Override
  public void after(Out out) {}

  @Override
  public void end(Out out) {
    out.setInt(1, out.size() - Code.BEFORE);
  }

  @Override
  public boolean hasRoom(int bytes) {
    return link.hasRoom(bytes);
  }

  @Override
  public boolean offer(byte[] batch) {
    boolean sent = link.offer(batch);
    stats.sent(sent ? batch.length : 0);
    return sent;
  }

  @Override
  public void close() {
    link.close();
  }

  @Override
  public boolean wantsMore() {
    return false;
  }
}
