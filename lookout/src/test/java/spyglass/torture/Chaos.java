package spyglass.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import spyglass.e2e.Proc;
import spyglass.e2e.Tree;

/**
 * Hits master and workers, at any time and at each stage, and passes orders to the lookout. Every pid
 * is one of this server's, found by the mark that all its processes carry; the lookout is never hurt.
 */
final class Chaos {

  /** There is nobody to hit while it is asleep. */
  private static final List<Stage> STAGES =
      List.of(
          Stage.WAKING,
          Stage.BOOTING,
          Stage.READY,
          Stage.SERVING,
          Stage.DRAINING,
          Stage.GOING_TO_SLEEP);

  private static final String MASTER = "spy-master";
  private static final String WORKER = "spy-worker";
  private static final int TTIN = 21;

  /** A boot that a signal ends is tried again three times, and then the app counts as broken. */
  private static final int MOST_FATAL_A_BOOT = 2;

  private static final int LONGEST_FREEZE_MILLIS = 3000;
  private static final long STAGE_SECONDS = 6;

  private final Tree tree;
  private final StageWatch watch;
  private final Tide tide;
  private final Random random;
  private final Holdings holdings;
  private final boolean takesOrders;
  private final List<Blow> blows;
  private final List<Thread> thaws = new ArrayList<>();
  private final Queue<Hit> hits = new ConcurrentLinkedQueue<>();
  private final Set<Long> told = new HashSet<>();
  private long bootsReady;
  private int fatalSince;
  private int moreWorkers;

  Chaos(Tree tree, StageWatch watch, Tide tide, Random random) {
    this.tree = tree;
    this.watch = watch;
    this.tide = tide;
    this.random = random;
    this.holdings = new Holdings(tree.port());
    // A lookout that has no handler for TTIN would be stopped by it, and a HUP would end it.
    this.takesOrders = Proc.catches(tree.lookout(), TTIN);
    this.blows = Stream.of(Blow.values()).filter(blow -> takesOrders || !blow.isOrder()).toList();
  }

  boolean takesOrders() {
    return takesOrders;
  }

  Queue<Hit> hits() {
    return hits;
  }

  /** Strikes until the tide is over. All who were frozen go on when this returns. */
  void run() throws InterruptedException {
    // In ever the same order, so that each stage has its share, however short it is.
    int next = 0;
    while (!tide.isOver()) {
      tide.rest(random.nextInt(800));
      if (random.nextBoolean()) {
        awaitStage(STAGES.get(next++ % STAGES.size()));
        tide.rest(random.nextInt(60));
      }
      strike(blows.get(random.nextInt(blows.size())));
    }
    for (Thread thaw : thaws) {
      thaw.join();
    }
  }

  /** All stages come by themselves but one: who drains was told to. */
  private void awaitStage(Stage stage) {
    if (stage == Stage.DRAINING && watch.await(Stage.SERVING, STAGE_SECONDS)) {
      hitSomebody(Blow.TERM, WORKER);
    }
    watch.await(stage, STAGE_SECONDS);
  }

  private void strike(Blow blow) {
    if (blow.isOrder()) {
      order(watch.now(), blow);
    } else {
      boolean alone = watch.now() == Stage.WAKING;
      hitSomebody(blow, alone || random.nextInt(3) == 0 ? MASTER : WORKER);
    }
  }

  private void hitSomebody(Blow blow, String whom) {
    Stage stage = watch.now();
    List<Long> pids = pids(whom);
    if (!pids.isEmpty()) {
      hit(stage, soften(stage, blow), whom, pids.get(random.nextInt(pids.size())));
    }
  }

  /** By descent, because who is just starting has no name yet; but an orphan has nothing else. */
  private List<Long> pids(String whom) {
    long lookout = tree.lookout();
    return tree.all().stream()
        .filter(proc -> proc.pid() != lookout && proc.state() != 'Z')
        .filter(proc -> (proc.parent() == lookout) == whom.equals(MASTER))
        .map(Proc::pid)
        .toList();
  }

  /** Too many deaths of those who are still starting would be an app that does not start. */
  private Blow soften(Stage stage, Blow blow) {
    long ready = watch.times(Stage.READY);
    if (ready != bootsReady) {
      bootsReady = ready;
      fatalSince = 0;
    }
    if (!blow.isFatal() || (stage != Stage.WAKING && stage != Stage.BOOTING)) {
      return blow;
    }
    fatalSince++;
    return fatalSince > MOST_FATAL_A_BOOT ? Blow.FREEZE : blow;
  }

  private void order(Stage stage, Blow blow) {
    int change = blow == Blow.TTIN ? 1 : blow == Blow.TTOU ? -1 : 0;
    if (Math.abs(moreWorkers + change) <= 1) {
      moreWorkers += change;
      record(stage, blow, "spy-lookout", tree.lookout(), Set.of());
      Proc.kill(blow.name(), tree.lookout());
    }
  }

  private void hit(Stage stage, Blow blow, String whom, long pid) {
    switch (blow) {
      case FREEZE -> {
        if (Proc.tryKill("STOP", pid)) {
          record(stage, blow, whom, pid, Set.of());
          long millis = random.nextInt(LONGEST_FREEZE_MILLIS);
          thaws.add(Thread.ofVirtual().start(() -> thaw(pid, millis)));
        }
      }
      case TERM -> {
        // A worker may be told as often as one likes; a second TERM has a master cut what is left.
        boolean tellable = whom.equals(WORKER) || told.add(pid);
        if (tellable && Proc.tryKill("TERM", pid)) {
          record(stage, blow, whom, pid, Set.of());
        }
      }
      case KILL -> kill(stage, whom, pid);
      case HUP, TTIN, TTOU -> throw new IllegalStateException(blow + " is for the lookout");
    }
  }

  private void thaw(long pid, long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a thaw", e);
    } finally {
      // Somebody else may have its number by now.
      if (tree.all().stream().anyMatch(proc -> proc.pid() == pid)) {
        Proc.tryKill("CONT", pid);
      }
    }
  }

  /** Frozen first: who stands still accepts nobody any more, so what it holds can be looked up. */
  private void kill(Stage stage, String whom, long pid) {
    try {
      if (!Proc.tryKill("STOP", pid)) {
        return;
      }
      while (!Proc.isStopped(pid)) {
        Thread.onSpinWait();
      }
      record(stage, Blow.KILL, whom, pid, holdings.of(pid));
      Proc.tryKill("KILL", pid);
    } catch (IOException | IllegalStateException e) {
      // It has ended by itself in the meantime.
    }
  }

  private void record(Stage stage, Blow blow, String whom, long pid, Set<Integer> ports) {
    hits.add(new Hit(stage, blow, whom, pid, System.nanoTime(), ports));
  }
}
