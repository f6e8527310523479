package spyglass.worker;

/**
 * Where a connection stands.
 *
 * <pre>
 *   accept -> FRESH -> ARRIVING -> GATHERING -> SERVING -> IDLE -> ARRIVING -> ...
 *                                                  |
 *                                                  +-> LINGERING -> closed
 * </pre>
 *
 * In FRESH, ARRIVING, GATHERING and SERVING it holds the tree awake; idle it does not.
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
  /** Between two requests. */
  IDLE,
  /** We have said our last word and wait for the client to notice. */
  LINGERING
}
