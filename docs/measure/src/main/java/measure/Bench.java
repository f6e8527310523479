package measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What all programs are told and share.
 *
 * @param checkout where everything is
 * @param cache the folder of caches of every Spyglass that is started; ours, and removed at the end
 * @param wantedRounds how often each figure is taken; 0 if each program may choose
 * @param seconds how long each load lasts
 * @param tiny whether the figures do not matter, only that there are some
 * @param only the peers that are wanted; all if empty
 */
record Bench(
    Checkout checkout, Path cache, int wantedRounds, double seconds, boolean tiny, Set<String> only)
    implements AutoCloseable {

  static Bench open(int rounds, double seconds, boolean tiny, Set<String> only) throws IOException {
    Path cache = Files.createTempDirectory("measure-cache");
    return new Bench(Checkout.find(), cache, rounds, seconds, tiny, only);
  }

  /** Progress, for whoever waits. */
  void say(String what) {
    System.err.println("measure: " + what);
  }

  /** Those of some peers that are wanted. */
  List<Subject> wanted(List<Subject> peers) {
    return peers.stream()
        .filter(peer -> only.isEmpty() || only.contains(peer.name().replaceFirst(",.*", "")))
        .toList();
  }

  /** How often a figure is taken that is usually taken so often. */
  int rounds(int usual) {
    return wantedRounds > 0 ? wantedRounds : count(usual, 1);
  }

  /** So much, or so much if it is to be quick. */
  int count(int usual, int tiny) {
    return this.tiny ? tiny : usual;
  }

  /** Waits until machine and servers have come to rest. */
  void rest(long millis) {
    Visit.pause(tiny ? Math.min(millis, 50) : millis);
  }

  @Override
  public void close() {
    Children.remove(cache);
  }
}
