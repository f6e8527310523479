package spyglass.life;

import java.nio.file.Path;

/** A context that says of the life what another says, and has more to say itself. */
public interface Living extends Life {

  /** Who says it. */
  Life life();

  @Override
  default Path data() {
    return life().data();
  }

  @Override
  default WakeReason wakeReason() {
    return life().wakeReason();
  }

  @Override
  default System.Logger log() {
    return life().log();
  }

  @Override
  default Hold hold() {
    return life().hold();
  }
}
