package examples.dmq.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import examples.dmq.LittleServer;
import examples.dmq.wire.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million records of 100 bytes. */
final class MillionTest {

  private static final int RECORDS = 1_000_000;
  private static final int SIZE = 100;
  private static final int BATCH = 500;

  @TempDir private Path data;

  /** The same bytes each time for the same number. */
  private static byte[] record(int number) {
    byte[] record = new byte[SIZE];
    new Random(number).nextBytes(record);
    ByteBuffer.wrap(record).putInt(0, number);
    return record;
  }

  @Test
  void allThatIsPushedIsPoppedAfterASleepAndAWake() throws Exception {
    Map<String, String> options = Map.of("size", "128MiB", "overflow", "0");
    try (LittleServer node = new LittleServer(0, data, options);
        Wire wire = new Wire(node.address())) {
      push(wire);
    }
    try (LittleServer node = new LittleServer(0, data, options);
        Wire wire = new Wire(node.address())) {
      pop(wire);
    }
  }

  @Test
  void fourTimesTheMemorySpillsAndDrainsInOrder() throws Exception {
    Map<String, String> options = Map.of("size", "26MiB");
    try (LittleServer node = new LittleServer(0, data, options);
        Wire wire = new Wire(node.address())) {
      push(wire);
      pop(wire);
    }
  }

  private static void push(Wire wire) throws IOException {
    for (int i = 0; i < RECORDS; i += BATCH) {
      ByteBuffer records = ByteBuffer.allocate(2 + 4 + BATCH * (4 + SIZE));
      records.put((byte) 1).put((byte) 4).put(new byte[] {'n', 'e', 'w', 's'});
      for (int k = i; k < i + BATCH; k++) {
        records.putInt(SIZE).put(record(k));
      }
      wire.send(Code.PUSH_MULTI, "", records.array());
      Answer answer = wire.receive();
      assertEquals(0, answer.status());
      assertEquals(BATCH, ByteBuffer.wrap(answer.body()).getInt(1));
    }
  }

  private static void pop(Wire wire) throws IOException {
    for (int i = 0; i < RECORDS; i += BATCH) {
      for (int k = 0; k < BATCH; k++) {
        wire.send(Code.POP, "news", new byte[0]);
      }
      for (int k = 0; k < BATCH; k++) {
        Answer answer = wire.receive();
        assertEquals(0, answer.status());
        assertArrayEquals(record(i + k), answer.body());
      }
    }
    wire.send(Code.POP, "news", new byte[0]);
    assertEquals(1, wire.receive().status());
  }
}
