package spyglass.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextTest {

  @Provides(
      name = "some",
      about = "Nothing.",
      options = @Provides.Option(name = "size", value = "7", about = "A number."))
  private static final class Some implements Protocol {
    @Override
    public ProtocolHandler open(Link link) {
      return (bytes, messages) -> {};
    }
  }

  private final Some some = new Some();

  private Context told(String size) {
    return TestContext.of(some, Map.of("size", size));
  }

  @Test
  void aNumberIsReadAndItsBoundsBelongToIt() {
    assertEquals(7, TestContext.of(some, Map.of()).number("size", 1, 10));
    assertEquals(1, told("1").number("size", 1, 10));
    assertEquals(10, told("10").number("size", 1, 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "11", "", "ten", "1.0", "99999999999"})
  void whatIsNoneIsToldInOneLineWithTheRemedy(String size) {
    var mistake =
        assertThrows(IllegalArgumentException.class, () -> told(size).number("size", 1, 10));
    assertEquals("option size is '" + size + "': say a number from 1 to 10", mistake.getMessage());
  }

  @Test
  void whatIsNotNamedInTheAnnotationIsNotThere() {
    Context context = TestContext.of(some, Map.of(), some);
    assertThrows(IllegalArgumentException.class, () -> context.option("length"));
    assertSame(some, context.needed("some"));
    assertThrows(IllegalArgumentException.class, () -> context.needed("other"));
  }
}
