package spyglass.master;

import spyglass.process.Exit;

/** How the starts of workers went, and whether there is any sense in another. */
final class Boots {

  /** A worker that was killed while it booted did not fail by itself: it is started again so often. */
  private static final int MOST_KILLED = 3;

  private static final int MOST_FAILED = 3;

  private int killed;
  private int failed;
  private int status = Exit.APP;

  /**
   * A start has ended so: whether it is tried again at once. A first worker may have died in the moment
   * before a shell became this master; the shell knew how, and we hear of 0.
   */
  boolean mayTryAgain(int how) {
    return (Exit.isWorthATry(how) || how == Exit.FINE) && killed++ < MOST_KILLED;
  }

  /** A start has failed by its own fault; the status says whose that is. */
  void failed(int with) {
    failed++;
    status = with;
  }

  /** A worker got ready. */
  void succeeded() {
    failed = 0;
    killed = 0;
  }

  /** The last have all failed. */
  boolean isHopeless() {
    return failed >= MOST_FAILED;
  }

  int status() {
    return status;
  }
}
