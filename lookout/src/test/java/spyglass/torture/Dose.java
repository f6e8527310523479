package spyglass.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * How much torture, as system properties say it: {@code -Dtorture.seconds=60} and the like.
 *
 * @param seed from which everything random comes: what is done is the same again with the same seed;
 *     when the processes do their part is not
 * @param seconds how long {@link LifeTorture} goes on; the others count
 * @param cycles of {@link CycleTorture}
 * @param edges of {@link EdgeTorture}
 * @param ghosts of {@link GhostTorture}
 * @param requests of {@link FrozenMasterTorture}
 */
record Dose(long seed, int seconds, int cycles, int edges, int ghosts, int requests) {

  /** All of them together take about ten minutes; what they have to show in full takes half an hour. */
  static Dose told(String whose) {
    long seed = Long.getLong("torture.seed", System.nanoTime() & 0xffff_ffffL);
    Dose dose =
        new Dose(
            seed,
            Integer.getInteger("torture.seconds", 270),
            Integer.getInteger("torture.cycles", 200),
            Integer.getInteger("torture.edges", 100),
            Integer.getInteger("torture.ghosts", 10_000),
            Integer.getInteger("torture.requests", 200_000));
    System.out.println(whose + ": -Dtorture.seed=" + seed);
    return dose;
  }

  /** One source of chance for each thread, so that none depends on how fast another is. */
  Random random(int thread) {
    return new Random(seed * 1_000_003 + thread);
  }

  /** Prints what came out and keeps it in a file below target. */
  void publish(String name, String report) throws IOException {
    System.out.println(report);
    Path folder = Files.createDirectories(Path.of("target", "torture"));
    Files.writeString(folder.resolve(name + "-" + seed + ".txt"), report + "\n");
  }
}
