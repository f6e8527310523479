package spyglass.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import spyglass.e2e.Client;
import spyglass.e2e.Launcher;
import spyglass.e2e.Proc;
import spyglass.e2e.Tree;

/** The workers are changed, made more and made fewer under load, and no client may notice. */
@Timeout(1200)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ReloadTorture {

  private static final int TIMES = Integer.getInteger("torture.reloads", 20);
  private static final int CLIENTS = 16;
  private static final int WORKERS = 2;
  private static final int TTIN = 21;
  private static final long CHANGE_SECONDS = 60;

  @TempDir private Path folder;

  private interface Change {
    void make(Tree tree) throws Exception;
  }

  @Test
  void no_request_fails_while_the_workers_are_exchanged() throws Exception {
    change("reload", ReloadTorture::reload);
  }

  @Test
  void no_request_fails_while_there_is_one_worker_more_and_then_one_less() throws Exception {
    change("scale", ReloadTorture::moreAndFewer);
  }

  private void change(String name, Change change) throws Exception {
    Dose dose = Dose.told("ReloadTorture, " + name);
    String[] options = {
      "--workers", "" + WORKERS, "--run", folder.toString(), Launcher.example("hello")
    };
    try (Tree tree = Tree.of(options)) {
      assertTrue(Proc.catches(tree.lookout(), TTIN), "this lookout knows no HUP, TTIN and TTOU");
      Client.get(tree.port(), "/");
      tree.awaitAwake(WORKERS);
      Load load = new Load(tree.port(), "/", CLIENTS, Integer.MAX_VALUE);
      try (load) {
        for (int time = 1; time <= TIMES; time++) {
          int before = load.answered();
          tree.await("load", () -> load.answered() > before + 500);
          change.make(tree);
        }
      }
      dose.publish(name, report(name, load));
      assertEquals(List.of(), load.failures(), () -> "the log is " + tree.logFile());
      assertEquals(1, tree.countInLog("somebody is there: waking"));
    }
  }

  private static String report(String name, Load load) {
    return String.format(
        Locale.ROOT,
        "%s: %d times under load: %d requests answered, %d failed, %d crossed the closing of an idle"
            + " connection",
        name,
        TIMES,
        load.answered(),
        load.failures().size(),
        load.crossed());
  }

  private static void reload(Tree tree) {
    List<Long> before = tree.workers();
    Proc.kill("HUP", tree.lookout());
    tree.await(
        "none of the old workers and as many new ones",
        CHANGE_SECONDS,
        () -> tree.workers().size() == WORKERS && Collections.disjoint(before, tree.workers()));
  }

  private static void moreAndFewer(Tree tree) {
    Proc.kill("TTIN", tree.lookout());
    awaitWorkers(tree, WORKERS + 1);
    Proc.kill("TTOU", tree.lookout());
    awaitWorkers(tree, WORKERS);
  }

  private static void awaitWorkers(Tree tree, int count) {
    tree.await(count + " workers", CHANGE_SECONDS, () -> tree.workers().size() == count);
  }
}
