package spyglass.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {

  private static final byte[] FAREWELL = {'n', 'o'};
  private final Lines lines = new Lines(4, FAREWELL);

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }

  private List<String> texts(ByteBuffer bytes) throws ProtocolException {
    List<String> texts = new ArrayList<>();
    lines.each(bytes, line -> texts.add(line.text(ISO_8859_1)));
    return texts;
  }

  @Test
  void wholeLinesAreTakenInOrderAndTheRestIsLeft() throws Exception {
    ByteBuffer bytes = bytes("one\ntwo\r\n\n\r\na\rb\nrest");
    assertEquals(List.of("one", "two", "", "", "a\rb"), texts(bytes));
    assertEquals(bytes("rest"), bytes);
  }

  @Test
  void aLineCarriesTheEndItHad() throws Exception {
    Lines.Line line = lines.next(bytes("two\r\nmore\n")).orElseThrow();
    assertArrayEquals("two\r\n".getBytes(UTF_8), line.bytes());
    assertEquals(3, line.length());
  }

  @Test
  void aTextIsReadInTheCharsetThatIsNamed() throws Exception {
    Lines.Line line = lines.next(bytes("\u00c3\u00a4\n")).orElseThrow();
    assertEquals("\u00e4", line.text(UTF_8));
    assertEquals("\u00c3\u00a4", line.text(ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1234", "1234\r", "\r", "123\r\r"})
  void whatMayStillBecomeALineIsLeftAlone(String some) throws Exception {
    ByteBuffer bytes = bytes(some);
    assertEquals(Optional.empty(), lines.next(bytes));
    assertEquals(0, bytes.position());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234\n", "1234\r\n", "123\r\r\n"})
  void theEndIsNotCounted(String longest) throws Exception {
    assertEquals(4, lines.next(bytes(longest)).orElseThrow().length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345", "12345\n", "1234\r\r", "1234\r5", "1234\r\r\n", "12345678901\n"})
  void aLineThatIsTooLongIsRefusedAsSoonAsThatIsSure(String tooLong) {
    ByteBuffer bytes = bytes("one\n" + tooLong);
    List<Integer> taken = new ArrayList<>();
    ProtocolException refusal =
        assertThrows(
            ProtocolException.class, () -> lines.each(bytes, line -> taken.add(line.length())));
    assertEquals(List.of(3), taken, "what came before it");
    assertEquals("a line of more than 4 bytes", refusal.getMessage());
    assertArrayEquals(FAREWELL, refusal.farewell());
  }

  @Test
  void otherBytesMayBeTakenInBetween() throws Exception {
    ByteBuffer bytes = bytes("get\nx\ny\nend\n");
    assertEquals("get", lines.next(bytes).orElseThrow().text(UTF_8));
    bytes.position(bytes.position() + 4);
    assertEquals("end", lines.next(bytes).orElseThrow().text(UTF_8));
  }

  @Test
  void aLimitMayBeAsLargeAsNumbersAreAndNotLessThanOne() throws Exception {
    Lines large = new Lines(Integer.MAX_VALUE, FAREWELL);
    assertEquals(6, large.next(bytes("123456\n")).orElseThrow().length());
    assertThrows(IllegalArgumentException.class, () -> new Lines(0, FAREWELL));
  }
}
