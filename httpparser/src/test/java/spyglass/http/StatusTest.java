package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {

  @ParameterizedTest
  @ValueSource(ints = {200, 303, 400, 408, 413, 414, 417, 431, 500, 501, 503, 505})
  void whatTheServerItselfSaysHasAPhrase(int status) {
    assertFalse(Status.reason(status).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 99, 299, 499, 599, 1000})
  void aStatusNobodyHasNamedHasAnEmptyPhrase(int status) {
    assertEquals("", Status.reason(status));
  }

  @Test
  void someAnswersEndWithTheirHead() {
    for (int status : new int[] {100, 101, 199, 204, 205, 304}) {
      assertTrue(Status.bodyless(status), Integer.toString(status));
    }
    for (int status : new int[] {200, 203, 206, 303, 305, 400, 500}) {
      assertFalse(Status.bodyless(status), Integer.toString(status));
    }
  }
}
