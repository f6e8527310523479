package spyglass.torture;

/** What is done to a server. */
enum Blow {
  /** SIGKILL. */
  KILL,
  /** SIGSTOP, and SIGCONT a while later. */
  FREEZE,
  /** SIGTERM. */
  TERM,
  /** SIGHUP to the lookout: other workers, from the jar as it is now. */
  HUP,
  /** SIGTTIN to the lookout: one worker more. */
  TTIN,
  /** SIGTTOU to the lookout: one worker less. */
  TTOU;

  /** Whether it is for the lookout, which passes it on. */
  boolean isOrder() {
    return this == HUP || this == TTIN || this == TTOU;
  }

  /** Whether a process that is still starting would end. */
  boolean isFatal() {
    return this == KILL || this == TERM;
  }
}
