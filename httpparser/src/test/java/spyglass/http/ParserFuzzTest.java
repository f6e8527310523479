package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever bytes come, and wherever they are cut, the answer is one and the same, and it is an
 * answer: neither an exception nor a loop. A normal build replays the seeds beside this class's
 * resources; {@code JAZZER_FUZZ=1} looks for more.
 */
class ParserFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void anyCutGivesTheSameAnswer(byte[] data) {
    if (data.length == 0) {
      return;
    }
    // The first byte says where to cut, so that the fuzzer can move the cut, too.
    byte[] bytes = java.util.Arrays.copyOfRange(data, 1, data.length);
    String whole = Replay.of(bytes);
    assertEquals(whole, Replay.byteByByte(bytes));
    assertEquals(whole, Replay.of(bytes, bytes.length * (data[0] & 0xff) / 256));
  }
}
