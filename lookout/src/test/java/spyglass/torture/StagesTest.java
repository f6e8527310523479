package spyglass.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class StagesTest {

  private static final long SECOND = 1_000_000_000;

  private final Stages stages = new Stages();
  private long now;

  private void hear(String line, Stage expected) {
    stages.hear(line, now);
    assertEquals(expected, stages.at(now), line);
  }

  private void wake() {
    hear("[1] [Lookout] watching", Stage.ASLEEP);
    hear("[1] [Lookout] somebody is there: waking", Stage.WAKING);
    hear("[2] [Master] started worker 3", Stage.BOOTING);
    hear("[3] [Worker] ready", Stage.BOOTING);
    hear("[2] [Master] worker 3 is ready", Stage.READY);
    now += SECOND;
    assertEquals(Stage.SERVING, stages.at(now));
  }

  @Test
  void a_wake_and_a_sleep_go_through_all_stages_but_one() {
    wake();
    hear("[2] [Master] started worker 4", Stage.SERVING);
    hear("[2] [Master] worker 4 is ready", Stage.SERVING);
    hear("[2] [Master] stopping: nobody has visited for --timeout seconds", Stage.GOING_TO_SLEEP);
    hear("[3] [Worker] told to stop: finishing what was accepted", Stage.GOING_TO_SLEEP);
    hear("[3] [Worker] leaving", Stage.GOING_TO_SLEEP);
    hear("[1] [Lookout] watching", Stage.ASLEEP);
  }

  @Test
  void it_drains_as_long_as_one_worker_is_leaving() {
    wake();
    hear("[3] [Worker] told to stop: finishing what was accepted", Stage.DRAINING);
    hear("[4] [Worker] told to stop: finishing what was accepted", Stage.DRAINING);
    hear("[3] [Worker] leaving", Stage.DRAINING);
    hear("[2] [Master] worker 4 has left (exit 0)", Stage.SERVING);
  }

  @Test
  void a_worker_that_was_killed_while_it_was_leaving_is_not_waited_for() {
    wake();
    hear("[3] [Worker] told to stop: finishing what was accepted", Stage.DRAINING);
    hear("[2] [Master] warning: worker 3 has ended (signal 9)", Stage.SERVING);
  }

  @Test
  void a_master_that_was_told_to_stop_drains() {
    wake();
    hear("[2] [Master] stopping: told to stop", Stage.DRAINING);
    hear("[1] [Lookout] watching", Stage.ASLEEP);
  }

  @Test
  void what_others_say_means_nothing() {
    hear("somebody printed this", Stage.ASLEEP);
    hear("[7] [Server] listening on http://127.0.0.1:4222", Stage.ASLEEP);
    hear("", Stage.ASLEEP);
  }
}
