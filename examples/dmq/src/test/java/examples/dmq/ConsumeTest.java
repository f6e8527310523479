package examples.dmq;

import static examples.dmq.Talk.name;
import static examples.dmq.Talk.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Consumers, without a socket. */
final class ConsumeTest extends OneNode {

  @Test
  void aConsumerGetsWhatIsThereAndWhatComesWheneverItHasSaidContinue() throws Exception {
    talk.push("news", "one");
    talk.push("news", "two");
    Talk other = new Talk(node);
    assertEquals(List.of("0:", "8:one,two"), other.ask(0x87, name("news"), number(1000)));
    talk.push("news", "three");
    assertEquals(List.of(), other.hears());
    assertEquals(List.of("8:three"), other.ask(0x88));
    assertEquals(List.of(), other.ask(0x88));
    talk.push("news", "four");
    assertEquals(List.of("8:four"), other.hears());
    other.ask(0x88);
    assertEquals(List.of("0:"), other.ask(0x89));
    talk.push("news", "five");
    assertEquals(List.of(), other.hears());
    assertEquals(List.of("0:five"), talk.pop("news"));
  }

  @Test
  void noBatchOvertakesTheAnswerToConsume() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    FutureTask<Long> pusher =
        new FutureTask<>(() -> {
          Talk busy = new Talk(node);
          long pushed = 0;
          while (!enough.get()) {
            busy.push("news", "r");
            pushed++;
          }
          return pushed;
        });
    Thread.ofPlatform().daemon().start(pusher);
    for (int i = 0; i < 300; i++) {
      Talk other = new Talk(node);
      List<String> heard = other.ask(0x87, name("news"), number(100));
      assertEquals("0:", heard.getFirst(), heard::toString);
      other.ask(0x89);
    }
    enough.set(true);
    assertTrue(pusher.get() > 0);
  }

  @Test
  void consumersOfOneQueueTakeTurns() throws Exception {
    Talk first = new Talk(node);
    Talk second = new Talk(node);
    first.ask(0x87, name("news"), number(1));
    second.ask(0x87, name("news"), number(1));
    for (int i = 0; i < 6; i++) {
      talk.push("news", "r" + i);
      if (!first.hears().isEmpty()) {
        first.ask(0x88);
      }
      if (!second.hears().isEmpty()) {
        second.ask(0x88);
      }
    }
    talk.push("news", "last");
    assertEquals(List.of("8:last"), first.hears());
  }

  @Test
  void aConsumerThatHasNoRoomHoldsUpNoOther() throws Exception {
    Talk stuck = new Talk(node);
    stuck.ask(0x87, name("news"), number(100));
    stuck.client().hasRoomFor(0);
    Talk other = new Talk(node);
    other.ask(0x87, name("news"), number(100));
    for (int i = 0; i < 1000; i++) {
      talk.push("news", "r");
    }
    int got = 0;
    long end = System.nanoTime() + 10_000_000_000L;
    while (got < 1000) {
      assertTrue(System.nanoTime() < end, "only " + got);
      for (String batch : other.hears()) {
        got += batch.split(",").length;
        other.client().says(Talk.request(0x88));
      }
    }
  }

  @Test
  void aConsumerThatVanishesOrHasNoRoomCostsNoRecord() throws Exception {
    Talk other = new Talk(node);
    other.ask(0x87, name("news"), number(1000));
    other.client().hasRoomFor(0);
    talk.push("news", "one");
    assertEquals(List.of("0:one"), talk.pop("news"));
    Talk gone = new Talk(node);
    gone.ask(0x87, name("else"), number(1000));
    gone.client().vanishes();
    talk.push("else", "two");
    assertEquals(List.of("0:two"), talk.pop("else"));
  }
}
