package spyglass.life;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A life in a test: somebody has connected, what is logged goes where the JVM's log goes, and a hold
 * holds nobody.
 *
 * @param folder where things are kept, if the test has such a place
 */
public record TestLife(Optional<Path> folder) implements Life {

  @Override
  public Path data() {
    return folder.orElseThrow(
        () -> new IllegalStateException("this test has no data folder: name one when starting"));
  }

  @Override
  public WakeReason wakeReason() {
    return WakeReason.CONNECTION;
  }

  @Override
  public System.Logger log() {
    return System.getLogger("app");
  }

  @Override
  public Hold hold() {
    return () -> {};
  }
}
