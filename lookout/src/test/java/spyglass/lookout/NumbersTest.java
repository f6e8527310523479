package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

  @Test
  void bothEndsOfARangeBelongToIt() throws Misuse {
    assertEquals(1, Numbers.between("--n", "1", 1, 9));
    assertEquals(9, Numbers.between("--n", "9", 1, 9));
    assertEquals(7, Numbers.between("--n", "007", 1, 9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10", "-1", "", " 5", "5 ", "5.0", "five", "99999999999", "0x5"})
  void whatIsNoWholeNumberInTheRangeIsRefusedInOneLineThatSaysWhatToGive(String text) {
    Misuse e = assertThrows(Misuse.class, () -> Numbers.between("--n", text, 1, 9));
    assertEquals("--n " + text + ": give a whole number from 1 to 9", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "65536, 65536",
    "1KiB, 1024",
    "64MiB, 67108864",
    "2GiB, 2147483648",
    "1024GiB, 1099511627776"
  })
  void bytesMayHaveABinaryUnit(String text, long bytes) throws Misuse {
    assertEquals(bytes, Numbers.bytes("--n", text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MiB",
        "-1",
        "1MB",
        "1mib",
        "1 MiB",
        "1.5MiB",
        "1025GiB",
        "8589934592GiB",
        "1e9"
      })
  void whatIsNoNumberOfBytesOrMoreThanAnyoneCanWantIsRefused(String text) {
    Misuse e = assertThrows(Misuse.class, () -> Numbers.bytes("--n", text));
    assertEquals(
        "--n " + text + ": give a number of bytes, like 65536 or 64MiB, at most 1024GiB",
        e.getMessage());
  }
}
