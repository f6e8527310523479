package spyglass.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import spyglass.http.Lint.Clause;

/** The writer of a streamed body: watches when the server calls it, and what it writes. */
final class LintWriter implements Body.Writer {

  private final boolean head;
  private final Optional<Long> told;
  private final Body.Writer writer;
  private final LintBody requestBody;
  private final Thread caller = Thread.currentThread();
  private final AtomicBoolean called = new AtomicBoolean();

  LintWriter(Request request, Response response, Body.Writer writer, LintBody requestBody) {
    this.head = request.method().equals("HEAD");
    this.told = response.headers().first("Content-Length").map(Long::valueOf);
    this.writer = writer;
    this.requestBody = requestBody;
  }

  @Override
  public void writeTo(OutputStream out) throws Exception {
    Thread thread = Thread.currentThread();
    Clause.WRITER_ONCE.unless(!called.getAndSet(true), "a second call");
    Clause.WRITER_THREAD.unless(
        thread.equals(caller),
        thread.getName() + " writes, " + caller.getName() + " called the app");
    Clause.WRITER_IDLE.unless(!head, "a call for a HEAD");
    Watched watched = new Watched(out, told);
    try {
      writer.writeTo(watched);
    } finally {
      watched.over = true;
      requestBody.over();
    }
    requestBody.unbroken();
    Clause.STREAM_LESS.unless(
        told.isEmpty() || told.get() == watched.count,
        watched.count + " bytes for Content-Length " + told);
  }

  private static final class Watched extends OutputStream {
    private final OutputStream out;
    private final Optional<Long> told;
    private long count;
    // Volatile because whoever breaks STREAM_LATE is likely to be another thread.
    private volatile boolean over;

    Watched(OutputStream out, Optional<Long> told) {
      this.out = out;
      this.told = told;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Clause.STREAM_LATE.unless(!over, length + " bytes");
      Clause.STREAM_MORE.unless(
          told.isEmpty() || count + length <= told.get(),
          (count + length) + " bytes for Content-Length " + told);
      out.write(bytes, offset, length);
      count += length;
    }

    /** After the end, too: closing a buffer around this stream flushes it, and that is harmless. */
    @Override
    public void flush() throws IOException {
      if (!over) {
        out.flush();
      }
    }

    /** The connection below is the server's to close. */
    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
