package spyglass.http;

import java.io.IOException;
import spyglass.http.Lint.Clause;

/** Early hints that watch the app that gives them. */
final class LintHints implements EarlyHints {

  private final EarlyHints hints;
  private final Thread caller = Thread.currentThread();
  // Volatile because whoever breaks HINTS_LATE is likely to be another thread.
  private volatile boolean over;

  LintHints(EarlyHints hints) {
    this.hints = hints;
  }

  @Override
  public void send(Headers fields) throws IOException {
    Thread thread = Thread.currentThread();
    Clause.HINTS_LATE.unless(!over && thread.equals(caller), "given by " + thread.getName());
    LintResponse.hints(fields);
    hints.send(fields);
  }

  /** The app has returned. */
  void over() {
    over = true;
  }
}
