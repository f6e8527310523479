package spyglass.worker;

/** One of the {@code --threads} places in the app, as the thread sees it that has it. */
interface Place {

  /**
   * The thread is about to wait until a client has read what it was sent, and offers its place to
   * another meanwhile.
   *
   * @return whether the place was taken; if so, say {@link #stepBack} afterwards
   */
  boolean stepAside();

  /** Whether all places are taken and many stand aside: then somebody new can hardly come in. */
  boolean isCrowded();

  /** The waiting is over. */
  void stepBack();
}
