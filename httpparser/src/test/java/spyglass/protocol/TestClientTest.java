package spyglass.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TestClientTest {

  @Provides(
      name = "noting",
      about = "Notes what happens; a letter is a command.",
      options = @Provides.Option(name = "end", value = "bye", about = "What is said at the end."))
  private static final class Noting implements Protocol {

    private final List<String> notes = new ArrayList<>();
    private String end = "";

    @Override
    public void start(Context context) {
      end = context.option("end");
    }

    @Override
    public ProtocolHandler open(Link link) {
      return new ProtocolHandler() {
        @Override
        public void received(ByteBuffer bytes, Consumer<Message> messages)
            throws ProtocolException {
          while (bytes.hasRemaining()) {
            char letter = (char) bytes.get();
            if (letter == '!') {
              throw new ProtocolException("no shouting", bytes("hush"));
            }
            messages.accept(client -> execute(letter, client));
          }
        }

        @Override
        public void ended(Consumer<Message> messages) {
          messages.accept(client -> client.write(bytes(end)));
        }

        @Override
        public void closed() {
          notes.add("closed");
        }
      };
    }

    private void execute(char letter, Link client) throws IOException {
      switch (letter) {
        case 'q' -> client.close();
        case 'f' -> throw new IOException("no disk");
        default -> client.write(bytes("<" + letter + ">"));
      }
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private final Noting noting = new Noting();
  private final TestClient client = TestClient.connect(noting);

  @Test
  void messagesAreExecutedInTheirOrderAndWhatIsHeardIsHeardOnce() throws Exception {
    assertEquals("<a><b>", client.says("ab").hears());
    assertEquals("<c>", client.says("c").hears());
    assertEquals("", client.hears());
  }

  @Test
  void aProtocolIsToldItsOptions() throws Exception {
    ProtocolLint.started(noting, Map.of());
    assertEquals("bye", client.ends().text());
    ProtocolLint.started(noting, Map.of("end", "so long"));
    assertEquals("so long", TestClient.connect(noting).ends().text());
    assertThrows(
        IllegalArgumentException.class, () -> ProtocolLint.started(noting, Map.of("start", "x")));
  }

  @Test
  void aConnectionThatTheServerClosesDropsTheMessagesThatWait() throws Exception {
    assertEquals("<a>", client.says("aqb").hears());
    assertTrue(client.isClosed());
    assertEquals(List.of("closed"), noting.notes);
    assertThrows(IOException.class, () -> client.says("c"));
    assertTrue(client.ends().closed());
    assertEquals(List.of("closed"), noting.notes);
  }

  @Test
  void aRefusalComesAfterTheAnswersToWhatWasSaidBefore() throws Exception {
    TestClient.Answer answer = client.says("a!b").ends();
    assertEquals("'<a>hush' refused: no shouting closed", answer.toString());
    assertEquals(Optional.of("no shouting"), answer.refusal());
    assertTrue(TestClient.connect(noting).says("q!").ends().refusal().isEmpty());
  }

  @Test
  void whatAMessageThrowsPassesAndTheConnectionIsCut() {
    assertEquals("no disk", assertThrows(IOException.class, () -> client.says("afb")).getMessage());
    assertTrue(client.isClosed());
    assertEquals("<a>", client.hears());
    assertEquals(List.of("closed"), noting.notes);
  }

  @Test
  void aClientThatEndsIsAnsweredAndOneThatVanishesIsNot() throws Exception {
    TestClient.Answer answer = client.says("a").ends();
    assertFalse(answer.closed());
    TestClient gone = TestClient.connect(noting);
    gone.vanishes();
    gone.vanishes();
    assertEquals("", gone.hears());
    assertEquals(List.of("closed", "closed"), noting.notes);
  }

  @Test
  void whoseOutboxIsFullIsSentNothing() throws Exception {
    client.hasRoomFor(4);
    assertThrows(IOException.class, () -> client.says("ab"));
    assertEquals("<a>", client.hears());
  }
}
