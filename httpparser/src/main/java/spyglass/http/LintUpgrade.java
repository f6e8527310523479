package spyglass.http;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import spyglass.http.Lint.Clause;

/** The handler of an upgrade: watches when the server calls it, and that it lets go in time. */
final class LintUpgrade implements Upgrade {

  private final Upgrade handler;
  private final AtomicBoolean called = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();

  LintUpgrade(Upgrade handler) {
    this.handler = handler;
  }

  @Override
  public void run(RawConnection connection) throws Exception {
    Clause.UPGRADE_ONCE.unless(!called.getAndSet(true), "a second call");
    Clause.UPGRADE_ONCE.unless(connection != null, "connection");
    Clause.UPGRADE_ONCE.unless(connection.in() != null, "in");
    Clause.UPGRADE_ONCE.unless(connection.out() != null, "out");
    Clause.UPGRADE_ONCE.unless(connection.peer() != null, "peer");
    InputStream in = new In(connection.in(), over);
    OutputStream out = new Out(connection.out(), over);
    try {
      handler.run(new RawConnection(in, out, connection.peer()));
    } finally {
      over.set(true);
    }
  }

  private static void inTime(AtomicBoolean over, String what) {
    Clause.UPGRADE_LATE.unless(!over.get(), what + " by " + Thread.currentThread().getName());
  }

  private static final class In extends FilterInputStream {
    private final AtomicBoolean over;

    In(InputStream in, AtomicBoolean over) {
      super(in);
      this.over = over;
    }

    @Override
    public int read() throws IOException {
      inTime(over, "read");
      return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      inTime(over, "read");
      return in.read(into, offset, length);
    }
  }

  private static final class Out extends FilterOutputStream {
    private final AtomicBoolean over;

    Out(OutputStream out, AtomicBoolean over) {
      super(out);
      this.over = over;
    }

    @Override
    public void write(int b) throws IOException {
      inTime(over, "written");
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      inTime(over, "written");
      out.write(bytes, offset, length);
    }

    /** After the end, too: closing a buffer around this stream flushes it, and that is harmless. */
    @Override
    public void flush() throws IOException {
      if (!over.get()) {
        out.flush();
      }
    }
  }
}
