package spyglass.master;

/** Where a master stands. */
enum Stage {
  /** No worker was ready yet. */
  BOOTING("booting"),
  SERVING("serving"),
  /** All were asked to leave because nobody visits; that can be taken back. */
  SLEEPING("sleeping"),
  /** All were told to leave, or there is no sense in going on. */
  STOPPING("draining");

  private final String word;

  Stage(String word) {
    this.word = word;
  }

  /** For people. */
  String word() {
    return word;
  }

  boolean isLeaving() {
    return this == SLEEPING || this == STOPPING;
  }
}
