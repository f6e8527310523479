package spyglass.http;

import java.io.IOException;
import java.util.Optional;
import spyglass.http.Lint.Clause;

/** A request body that watches both its reader, the app, and its source, the server. */
final class LintBody extends RequestBody {

  private final RequestBody body;
  private final Optional<Long> told;
  private final Thread caller = Thread.currentThread();
  // Volatile because whoever breaks BODY_LATE is likely to be another thread.
  private volatile boolean over;
  private long count;
  private boolean broken;

  LintBody(Request request) {
    this.body = request.body();
    this.told = request.headers().first("Content-Length").map(Long::valueOf);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    checkReader();
    int got;
    try {
      got = body.read(into, offset, length);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
    boolean some = got > 0 && got <= length;
    Clause.BODY_READ.unless(some || got == -1 || (got == 0 && length == 0), got + " bytes read");
    count += Math.max(got, 0);
    checkLength(got == -1);
    return got;
  }

  private void checkReader() {
    Thread reader = Thread.currentThread();
    Clause.BODY_LATE.unless(!over, "read by " + reader.getName());
    Clause.BODY_THREAD.unless(
        reader.equals(caller), reader.getName() + " reads, " + caller.getName() + " called");
  }

  private void checkLength(boolean end) {
    if (told.isPresent()) {
      boolean fits = end ? count == told.get() : count <= told.get();
      Clause.BODY_TRUE.unless(fits, count + " bytes for Content-Length " + told.get());
    }
  }

  @Override
  public int available() throws IOException {
    checkReader();
    return body.available();
  }

  @Override
  public Headers trailers() {
    return body.trailers();
  }

  /** The app has answered: it must not have hidden a broken body. */
  void unbroken() {
    Clause.BODY_BROKEN.unless(!broken, "the app answered although the body broke off");
  }

  /** From now on nobody may read. */
  void over() {
    over = true;
  }
}
