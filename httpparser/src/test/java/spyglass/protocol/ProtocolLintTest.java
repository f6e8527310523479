package spyglass.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import spyglass.protocol.ProtocolLint.Clause;

/** Both halves of the contract, broken on purpose. */
class ProtocolLintTest {

  private static final Link LINK = new TestLink(() -> {});

  private interface Step {
    void run() throws Exception;
  }

  private static void breaks(Clause clause, Step step) {
    var violation = assertThrows(ProtocolLint.Violation.class, step::run, clause::text);
    assertEquals(clause, violation.clause(), violation::getMessage);
    assertEquals(1, String.valueOf(violation.getMessage()).lines().count());
  }

  private static ProtocolHandler supervised(ProtocolHandler handler) {
    return new ProtocolLint(link -> handler).open(LINK);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static TestClient.Answer call(ProtocolHandler handler) throws Exception {
    return ProtocolLint.call(link -> handler, "hello".getBytes(UTF_8));
  }

  private static byte[] take(ByteBuffer bytes) {
    byte[] taken = new byte[bytes.remaining()];
    bytes.get(taken);
    return taken;
  }

  /** Leaves all that comes. */
  private static final ProtocolHandler LEAVES = (bytes, messages) -> {};

  /** Takes all that comes and makes of it a message that does nothing. */
  private static final ProtocolHandler TAKES =
      (bytes, messages) -> {
        bytes.position(bytes.limit());
        messages.accept(link -> {});
      };

  @Test
  void aGoodProtocolIsLeftAlone() throws Exception {
    TestClient.Answer answer =
        call((bytes, messages) -> {
          byte[] taken = take(bytes);
          messages.accept(link -> link.write(taken));
        });
    assertEquals("hello", answer.text());
    assertTrue(answer.refusal().isEmpty());
  }

  @Test
  void theProtocolOwesToTakeFromTheFront() {
    breaks(Clause.FROM_THE_FRONT, () -> call((bytes, messages) -> bytes.limit(bytes.position())));
    breaks(Clause.FROM_THE_FRONT, () -> call((bytes, messages) -> bytes.rewind()));
    breaks(Clause.FROM_THE_FRONT, () -> call((bytes, messages) -> bytes.clear()));
  }

  @Test
  void theProtocolOwesNotToWaitInItsHandler() {
    byte[] greeting = {'h', 'i'};
    Protocol greets =
        link -> {
          write(link, greeting);
          return LEAVES;
        };
    breaks(Clause.NO_WAITING, () -> TestClient.connect(greets));
    Protocol answers = link -> (bytes, messages) -> write(link, take(bytes));
    breaks(Clause.NO_WAITING, () -> TestClient.connect(answers).says("hello"));
    Protocol offers =
        link -> {
          assertTrue(link.offer(greeting));
          return LEAVES;
        };
    assertEquals("hi", TestClient.connect(offers).hears());
  }

  private static void write(Link link, byte[] bytes) {
    try {
      link.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theProtocolOwesItsMessagesInTime() throws Exception {
    List<Consumer<Message>> kept = new ArrayList<>();
    ProtocolHandler handler = supervised((bytes, messages) -> kept.add(messages));
    handler.received(bytes("x"), message -> {});
    breaks(Clause.IN_TIME, () -> kept.getFirst().accept(link -> {}));
  }

  @Test
  void theProtocolOwesCopies() {
    breaks(
        Clause.COPIED,
        () ->
            call((bytes, messages) -> {
              ByteBuffer kept = bytes.slice();
              bytes.position(bytes.limit());
              messages.accept(link -> link.write(take(kept)));
            }));
  }

  @Test
  void theProtocolOwesTheSameAnswerHoweverTheBytesCome() {
    breaks(
        Clause.ANY_CUT,
        () ->
            call((bytes, messages) -> {
              byte[] count = String.valueOf(take(bytes).length).getBytes(UTF_8);
              messages.accept(link -> link.write(count));
            }));
    breaks(
        Clause.ANY_CUT,
        () ->
            call((bytes, messages) -> {
              if (take(bytes).length < 5) {
                throw new ProtocolException("too short");
              }
            }));
  }

  @Test
  void theServerOwesOneCallAtATime() {
    List<ProtocolHandler> itself = new ArrayList<>();
    itself.add(supervised((bytes, messages) -> itself.getFirst().closed()));
    breaks(Clause.ONE_AT_A_TIME, () -> itself.getFirst().received(bytes("x"), message -> {}));
  }

  @Test
  void theServerOwesWhatWasLeft() throws Exception {
    ProtocolHandler handler = supervised(LEAVES);
    handler.received(bytes("ab"), message -> {});
    handler.received(bytes("abc"), message -> {});
    breaks(Clause.LEFT_STAYS, () -> handler.received(bytes("ab"), message -> {}));
    breaks(Clause.LEFT_STAYS, () -> handler.received(bytes("bcd"), message -> {}));
  }

  @Test
  void theServerOwesTheOrderOfTheMessages() throws Exception {
    List<Message> messages = new ArrayList<>();
    ProtocolHandler handler = supervised(TAKES);
    handler.received(bytes("a"), messages::add);
    handler.received(bytes("b"), messages::add);
    breaks(Clause.IN_ORDER, () -> messages.getLast().execute(LINK));
    messages.getFirst().execute(LINK);
    breaks(Clause.IN_ORDER, () -> messages.getFirst().execute(LINK));
    messages.getLast().execute(LINK);
  }

  @Test
  void theServerOwesThatNoMessageRunsBesideAnother() throws Exception {
    List<Message> messages = new ArrayList<>();
    ProtocolHandler handler =
        supervised((bytes, found) -> {
          found.accept(link -> messages.getLast().execute(link));
          found.accept(link -> {});
        });
    handler.received(bytes("a"), messages::add);
    breaks(Clause.IN_ORDER, () -> messages.getFirst().execute(LINK));
  }

  @Test
  void theServerOwesAnEndThatIsOne() throws Exception {
    ProtocolHandler ends = supervised(TAKES);
    ends.ended(message -> {});
    breaks(Clause.ENDED_ONCE, () -> ends.received(bytes("x"), message -> {}));
    breaks(Clause.ENDED_ONCE, () -> ends.ended(message -> {}));
    ends.closed();
    breaks(Clause.CLOSED_LAST, ends::closed);
    breaks(Clause.CLOSED_LAST, () -> ends.ended(message -> {}));

    ProtocolHandler refuses =
        supervised((bytes, messages) -> {
          throw new ProtocolException("no");
        });
    assertThrows(ProtocolException.class, () -> refuses.received(bytes("x"), message -> {}));
    breaks(Clause.ENDED_ONCE, () -> refuses.ended(message -> {}));
  }
}
