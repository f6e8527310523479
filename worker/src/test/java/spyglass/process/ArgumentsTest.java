package spyglass.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  private static Arguments of(String... args) {
    return new Arguments(args);
  }

  @Test
  void optionsAreFoundByNameAndInAnyOrder() {
    Arguments args = of("--b", "2", "--a", "one two");
    assertEquals("one two", args.text("a"));
    assertEquals(2, args.number("b"));
    assertTrue(args.next().isEmpty());
  }

  @Test
  void eachProcessTakesItsOwnAndStartsTheRestAsItIs() {
    Arguments lookout = of("--", "java", "-cp", "x", "--n", "1", "--", "java", "--n", "2");
    assertEquals(List.of("java", "-cp", "x", "--n", "1", "--", "java", "--n", "2"), lookout.next());
    Arguments master = of("--n", "1", "--", "java", "--n", "2");
    assertEquals(1, master.number("n"));
    assertEquals(List.of("java", "--n", "2"), master.next());
  }

  @Test
  void aValueMayLookLikeAnOptionOrBeTheSeparator() {
    assertEquals("--", of("--a", "--", "--b", "c").text("a"));
    assertEquals("-1", of("--a", "-1").text("a"));
  }

  @Test
  void whatIsMissingIsNamed() {
    var missing = assertThrows(IllegalArgumentException.class, () -> of().text("port"));
    assertTrue(String.valueOf(missing.getMessage()).contains("--port is missing"));
    assertThrows(IllegalArgumentException.class, () -> of("--port").text("port"));
  }

  @Test
  void aNumberThatIsNoneIsRefused() {
    assertThrows(NumberFormatException.class, () -> of("--n", "many").number("n"));
  }
}
