package examples.acceptlab;

import java.time.Duration;

/**
 * How much of everything: bounded in number and in time.
 *
 * @param warmUp connections before anything is measured
 * @param even connections of the even load
 * @param uneven connections of the uneven load
 * @param spawned connections of each load for a process each, which cost a hundred times as much
 * @param clients connections open at once
 * @param slowMillis what a slow one of the uneven load takes
 * @param newcomers connections that come while one worker stands still
 * @param holdMillis what those take that are open when a worker is killed
 * @param most for each load; what was not begun by then is left out
 * @param seed of all that is chance
 */
record Plan(
    int warmUp,
    int even,
    int uneven,
    int spawned,
    int clients,
    int slowMillis,
    int newcomers,
    int holdMillis,
    Duration most,
    long seed) {

  private static final long SEED = 4222;

  /** For a picture. */
  static Plan full() {
    return new Plan(600, 3000, 600, 16, 12, 50, 12, 1200, Duration.ofSeconds(6), SEED);
  }

  /** To see that all of it works. */
  static Plan quick() {
    return new Plan(60, 150, 60, 4, 12, 20, 6, 600, Duration.ofSeconds(3), SEED);
  }

  Load evenLoad(Way way) {
    return Load.even(way.spawns() ? spawned : even, clients, most);
  }

  Load unevenLoad(Way way) {
    return Load.uneven(way.spawns() ? spawned : uneven, slowMillis, seed, clients, most);
  }
}
