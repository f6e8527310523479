package spyglass.torture;

/** What a server is about, as its log tells. */
enum Stage {
  /** The lookout watches, and nobody else is there. */
  ASLEEP,
  /** The lookout has seen somebody; the master is starting. */
  WAKING,
  /** The first worker is starting. */
  BOOTING,
  /** The first worker has just said that it is ready. */
  READY,
  SERVING,
  /** One worker or all were told to leave, for another reason than sleep. */
  DRAINING,
  GOING_TO_SLEEP
}
