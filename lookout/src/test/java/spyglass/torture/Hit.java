package spyglass.torture;

import java.util.Set;

/**
 * One blow that met somebody.
 *
 * @param stage what the server was about
 * @param blow what it was
 * @param whom what kind of process
 * @param pid the process
 * @param at when, as System.nanoTime tells it
 * @param ports the clients' ends of the connections it held; known for the killed only
 */
record Hit(Stage stage, Blow blow, String whom, long pid, long at, Set<Integer> ports) {

  /** Whether that visit's connection died of this. */
  boolean cuts(Visit visit) {
    return ports.contains(visit.port()) && visit.from() <= at && at <= visit.until();
  }
}
