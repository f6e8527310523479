package spyglass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

  private static final Kind ONE_TO_NINE = new Kind.Whole(1, 9);

  @Test
  void bothEndsOfARangeBelongToIt() {
    for (String text : new String[] {"1", "9", "007"}) {
      assertEquals(Optional.empty(), ONE_TO_NINE.remedy(text));
    }
    assertEquals(7, ONE_TO_NINE.number("007"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10", "-1", "", " 5", "5 ", "5.0", "five", "99999999999", "0x5"})
  void whatIsNoWholeNumberInTheRangeIsRefusedInWordsThatSayWhatToGive(String text) {
    assertEquals(Optional.of("give a whole number from 1 to 9"), ONE_TO_NINE.remedy(text));
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
  void bytesMayHaveABinaryUnit(String text, long bytes) {
    assertEquals(OptionalLong.of(bytes), Numbers.bytes(text));
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
    assertEquals(
        Optional.of("give a number of bytes, like 65536 or 64MiB, at most 1024GiB"),
        new Kind.Size(0, Long.MAX_VALUE, "").remedy(text));
  }
}
