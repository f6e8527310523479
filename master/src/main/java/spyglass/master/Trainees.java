package spyglass.master;

import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Exit;
import spyglass.training.Training;

/**
 * Which worker starts with a cache of its app, which without, and which one records. For the master's
 * one thread.
 *
 * <p>A wake without a cache that fits has one worker record, and not the first if there are more, since
 * somebody is waiting for that one. A worker that dies as it starts with a cache casts suspicion on it:
 * the next starts without, and if that one gets ready, the cache is thrown away.
 */
final class Trainees {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** What only somebody else can do to a process: that says nothing of its cache. */
  private static final int KILLED = Exit.signal(9);

  private static final int TERMINATED = Exit.signal(15);

  private final Training training;
  private final boolean alone;
  private final List<String> firstCommand;
  private final Set<Long> booting = new HashSet<>();
  private final Set<Long> trained = new HashSet<>();
  private final Map<Long, File> recordings = new HashMap<>();
  private final List<File> written = new ArrayList<>();
  private String stamp = "";
  private boolean begun;
  private boolean suspect;
  private boolean firstTrained;

  /**
   * Nobody was started yet.
   *
   * @param alone whether the first worker is to be the only one
   * @param firstCommand what it was started with, if it is there already
   */
  Trainees(Training training, boolean alone, List<String> firstCommand) {
    this.training = training;
    this.firstCommand = firstCommand;
    this.alone = alone;
  }

  /** The command of a first worker that was started before us. */
  List<String> firstCommand() {
    return firstCommand;
  }

  /** The command to start a worker with. */
  List<String> command() {
    if (!begun) {
      return training.first(alone);
    }
    if (!suspect && training.isTrained()) {
      return training.trained();
    }
    // Once for what the jars hold, unless they have been replaced since.
    boolean records = !suspect && training.isPossible() && !stamp.equals(training.stamp());
    return records
        ? training.recording(Integer.toString(written.size() + recordings.size()))
        : training.plain();
  }

  /** A worker was started with a command. */
  void started(long pid, List<String> command) {
    booting.add(pid);
    if (training.isTrained(command)) {
      trained.add(pid);
      firstTrained |= !begun;
    }
    Optional<File> recording = Training.recordingOf(command);
    if (recording.isPresent()) {
      stamp = training.stamp();
      recordings.put(pid, recording.get());
    }
    begun = true;
  }

  void ready(long pid) {
    if (booting.remove(pid) && suspect && !trained.contains(pid)) {
      LOG.warn("the app starts without its cache: that is thrown away, and made anew");
      training.drop();
      suspect = false;
    }
  }

  /**
   * A worker has ended.
   *
   * @return how that is to be taken: what died of its cache says nothing about the app
   */
  int ended(long pid, int status) {
    File recording = recordings.remove(pid);
    if (recording != null) {
      written.add(recording);
    }
    if (status != Exit.FINE) {
      forget(recording);
    }
    boolean byItself = status != Exit.FINE && status != KILLED && status != TERMINATED;
    boolean booted = booting.remove(pid);
    if (trained.remove(pid) && booted && byItself) {
      LOG.warn(
          "worker {} died as it started with a cache of the app ({}): trying without",
          pid,
          Exit.inWords(status));
      suspect = true;
      return KILLED;
    }
    return status;
  }

  /** A worker has to be killed. One that hangs as it starts with a cache may hang because of it. */
  void killed(long pid) {
    if (booting.contains(pid) && trained.contains(pid)) {
      LOG.warn("worker {} did not start with a cache of the app: that is thrown away", pid);
      training.drop();
    }
  }

  /** Nobody is to make a cache of what was recorded. */
  void forget() {
    written.forEach(Trainees::forget);
  }

  private static void forget(@Nullable File recording) {
    if (recording != null && !recording.delete()) {
      LOG.debug("{} is not there any more", recording);
    }
  }

  /** Whether the first worker had a cache of the app. */
  boolean isTrained() {
    return firstTrained;
  }

  /** The same for people: yes, no, or recording. */
  String word() {
    return firstTrained ? "yes" : stamp.isEmpty() ? "no" : "recording";
  }
}
