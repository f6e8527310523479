package spyglass.worker;

/**
 * Where a connection stands.
 *
 * <pre>
 *   accept -> FRESH -> ARRIVING -> GATHERING -> SERVING -> IDLE -> ARRIVING -> ...
 *                                                  |
 *                                                  +-> UPGRADED --+
 *                                                  |              |
 *                                                  +--------------+-> LINGERING -> closed
 * </pre>
 *
 * In all of them but IDLE and LINGERING it holds the tree awake.
 */
enum State {
  /** Nothing was heard yet. */
  FRESH,
  /** A part of a head is there. */
  ARRIVING,
  /** The head is there, but not the body. */
  GATHERING,
  /** The app has it. */
  SERVING,
  /** It speaks another protocol, and a thread of its own has it. */
  UPGRADED,
  /** Between two requests. */
  IDLE,
  /** We have said our last word and wait for the client to notice. */
  LINGERING;

  /** Whether its time is limited here; of the others somebody else knows when it is over. */
  boolean isTimed() {
    return this != GATHERING && this != SERVING && this != UPGRADED;
  }

  boolean isBusy() {
    return this != IDLE && this != LINGERING;
  }
}
