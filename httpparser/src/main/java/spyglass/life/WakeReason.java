package spyglass.life;

/** Why a worker was started. */
public enum WakeReason {
  /** All slept, and a client has connected. */
  CONNECTION,

  /** All slept, and somebody has said {@code spyglass wake}. */
  ORDER,

  /** Others are awake: this one is a further worker, or takes the place of one that has left. */
  COMPANY
}
