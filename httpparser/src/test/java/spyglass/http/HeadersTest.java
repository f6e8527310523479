package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadersTest {

  private final Headers some = Headers.of("A", "1").with("b", "2").with("a", "3");

  @Test
  void namesAreComparedWithoutRegardToCaseAndKeptAsWritten() {
    assertEquals(Optional.of("1"), some.first("a"));
    assertEquals(List.of("1", "3"), some.all("A"));
    assertEquals(
        "[Field[name=A, value=1], Field[name=b, value=2], Field[name=a, value=3]]",
        some.toString());
  }

  @Test
  void whatIsNotThereIsEmptyAndNotNull() {
    assertEquals(Optional.empty(), some.first("c"));
    assertEquals(List.of(), some.all("c"));
    assertFalse(some.has("c"));
    assertEquals(0, Headers.NONE.size());
  }

  @Test
  void aChangeIsANewValue() {
    Headers less = some.without("A");
    assertEquals(Headers.of("b", "2"), less);
    assertEquals(3, some.size());
  }

  @Test
  void theListItWasMadeOfMayChangeLater() {
    List<Headers.Field> list = new ArrayList<>();
    list.add(new Headers.Field("a", "1"));
    Headers headers = Headers.of(list);
    list.clear();
    assertEquals(1, headers.size());
  }

  @Test
  void nobodyCanRemoveAFieldThroughTheIterator() {
    var iterator = some.iterator();
    iterator.next();
    assertThrows(UnsupportedOperationException.class, iterator::remove);
  }

  @Test
  void anElementIsFoundInAnyOfTheListsOfThatName() {
    Headers lists = Headers.of("Connection", "te").with("connection", "Upgrade ,\tCLOSE");
    assertTrue(lists.lists("Connection", "te"));
    assertTrue(lists.lists("Connection", "close"));
    assertTrue(lists.lists("Connection", "upgrade"));
  }

  @Test
  void aPartOfAnElementIsNoElement() {
    assertFalse(Headers.of("Connection", "closed, not-close").lists("Connection", "close"));
    assertFalse(Headers.of("Via", "close").lists("Connection", "close"));
  }
}
