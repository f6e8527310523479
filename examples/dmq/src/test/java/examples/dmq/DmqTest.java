package examples.dmq;

import static examples.dmq.Talk.name;
import static examples.dmq.Talk.number;
import static examples.dmq.Talk.records;
import static examples.dmq.Talk.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The binary protocol, without a socket. */
final class DmqTest extends OneNode {

  private void sleepAndWake() throws Exception {
    talk.client().vanishes();
    node.sleep(Instant.now().plusSeconds(5));
    start(Map.of("size", "256KiB"));
  }

  @Test
  void recordsArePoppedInTheOrderInWhichTheyWerePushed() throws Exception {
    assertEquals(List.of("0:"), talk.push("news", "one"));
    assertEquals(List.of("0:"), talk.push("news", "two"));
    assertEquals(List.of("0:one"), talk.pop("news"));
    assertEquals(List.of("0:two"), talk.pop("news"));
    assertEquals(List.of("1:"), talk.pop("news"));
  }

  @Test
  void manyRequestsAtOnceAreAnsweredInTheirOrder() throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < 3; i++) {
      all.writeBytes(request(0x81, name("news"), ("r" + i).getBytes(StandardCharsets.UTF_8)));
    }
    all.writeBytes(request(0x86, name("news")));
    all.writeBytes(request(0x86, name("other")));
    for (byte b : all.toByteArray()) {
      talk.client().says(new byte[] {b});
    }
    assertEquals(List.of("0:", "0:", "0:", "0:r0", "1:"), talk.hears());
  }

  @Test
  void emptyAndOversizedRecordsAndStrangeNamesAreRefusedAndTheConnectionStays() throws Exception {
    assertTrue(talk.push("news", "").getFirst().startsWith("3:a record has at least"));
    assertTrue(
        talk.push("news", "x".repeat(61441)).getFirst().startsWith("4:a record has at most"));
    assertTrue(talk.push("no way", "x").getFirst().startsWith("3:a name is"));
    assertTrue(talk.push("me@news", "x").getFirst().startsWith("3:push to the channel"));
    assertTrue(talk.ask(0x86).getFirst().startsWith("3:the request has fewer bytes"));
    assertEquals(List.of("0:"), talk.push("news", "x"));
    String log = Files.readString(data.resolve("dmq/log/root.log"));
    assertEquals(5, log.lines().count(), log);
  }

  @Test
  void whatIsNoRequestEndsTheConnection() throws Exception {
    talk.client().says(new byte[] {(byte) 0xFF, 0, 0, 0, 0});
    assertTrue(talk.client().isClosed());
  }

  @Test
  void aFullChannelSaysSoAndTakesAgainWhenThereIsRoom() throws Exception {
    stop();
    start(Map.of("size", "128KiB", "overflow", "0"));
    String record = "x".repeat(0x7F7F);
    for (int i = 0; i < 4; i++) {
      assertEquals(List.of("0:"), talk.push("news", record));
    }
    assertEquals(List.of("2:"), talk.push("news", record));
    talk.pop("news");
    assertEquals(List.of("0:"), talk.push("news", record));
  }

  @Test
  void manyRecordsGoToManyChannelsAtOnce() throws Exception {
    byte[] names = Talk.request(2, name("a"), name("b"));
    names = java.util.Arrays.copyOfRange(names, 5, names.length);
    assertEquals(List.of("0:\2\2\2"), talk.ask(0x82, new byte[] {2}, names, records("one", "two")));
    assertEquals(List.of("0:one"), talk.pop("a"));
    assertEquals(List.of("0:one"), talk.pop("b"));
    assertEquals(List.of("0:two"), talk.pop("b"));
  }

  @Test
  void aProductionSaysItsChannelsOnce() throws Exception {
    assertTrue(talk.ask(0x85, records("early")).getFirst().startsWith("3:say to which"));
    assertEquals(List.of("0:"), talk.ask(0x83, name("a")));
    assertEquals(List.of("0:\1\1"), talk.ask(0x85, records("one")));
    assertEquals(List.of("0:\1\2"), talk.ask(0x85, records("two", "three")));
    assertEquals(List.of("0:one"), talk.pop("a"));
  }

  @Test
  void everySubscriberHasItsOwnCopy() throws Exception {
    talk.push("news", "before");
    assertEquals(List.of("0:before"), talk.pop("a@news"));
    assertEquals(List.of("1:"), talk.pop("b@news"));
    talk.push("news", "one");
    assertEquals(List.of("0:one"), talk.pop("a@news"));
    assertEquals(List.of("0:one"), talk.pop("b@news"));
    sleepAndWake();
    talk.push("news", "two");
    assertEquals(List.of("0:two"), talk.pop("b@news"));
    sleepAndWake();
    assertEquals(List.of("0:two"), talk.pop("a@news"));
    talk.ask(0x8E, name("a@news"));
    talk.push("news", "three");
    assertEquals(List.of("0:three"), talk.pop("b@news"));
    assertEquals(List.of("1:"), talk.pop("a@news"));
  }

  @Test
  void sizesAndNamesAndConnectionsAreTold() throws Exception {
    talk.push("b", "12345678");
    talk.push("a", "1");
    assertEquals(List.of("0:\1a\1b"), talk.ask(0x8A));
    assertEquals(List.of("0:\1b\1\f"), talk.ask(0x8B, name("b")));
    assertEquals(List.of("1:"), talk.ask(0x8B, name("c")));
    assertEquals(List.of("0:\2\24"), talk.ask(0x8C));
    assertEquals(List.of("0:\1"), talk.ask(0x8D));
  }

  @Test
  void aRemovedChannelIsGoneAndItsConsumersAreToo() throws Exception {
    Talk other = new Talk(node);
    other.ask(0x87, name("news"), number(1000));
    talk.push("old", "one");
    assertEquals(List.of("0:"), talk.ask(0x8E, name("news")));
    assertEquals(List.of("0:"), talk.ask(0x8E, name("old")));
    assertTrue(other.client().isClosed());
    assertEquals(List.of("1:"), talk.pop("old"));
  }

  @Test
  void sleepKeepsEverythingAndTheOrder() throws Exception {
    for (int i = 0; i < 100; i++) {
      talk.push("news", "r" + i);
    }
    sleepAndWake();
    for (int i = 0; i < 100; i++) {
      assertEquals(List.of("0:r" + i), talk.pop("news"));
    }
  }

  @Test
  void neitherMemoryNorConnectionsAreMoreThanAllowed() throws Exception {
    stop();
    start(Map.of("size", "256KiB", "memory", "512KiB", "connections", "2"));
    talk.push("a", "1");
    talk.push("b", "1");
    assertTrue(talk.push("c", "1").getFirst().startsWith("5:no memory for another"));
    assertEquals(List.of("0:\1a\1b"), talk.ask(0x8A));
    byte[] names = Talk.request(2, name("a"), name("c"));
    names = java.util.Arrays.copyOfRange(names, 5, names.length);
    assertEquals(List.of("2:\2\1"), talk.ask(0x82, new byte[] {2}, names, records("2")));
    Talk second = new Talk(node);
    Talk third = new Talk(node);
    assertEquals(List.of("7:There are too many connections."), third.pop("a"));
    assertTrue(third.client().isClosed());
    assertEquals(List.of("0:1"), second.pop("a"));
  }

  @Test
  void whatItCannotUnderstandInAnOptionIsNamed() {
    for (Map<String, String> wrong :
        List.of(
            Map.of("size", "9 cows"),
            Map.of("sizes", "a"),
            Map.of("memory", "999999999999GiB"),
            Map.of("sync", "often"),
            Map.of("deliver", "mars"),
            Map.of("hosts", "mq.example:4222, localhost"),
            Map.of("record", "0"))) {
      String option = Collections.max(wrong.keySet());
      Exception thrown =
          assertThrows(IllegalArgumentException.class, () -> new Dmq().start(Told.of(data, wrong)));
      assertTrue(String.valueOf(thrown.getMessage()).startsWith("option " + option), option);
    }
  }
}
