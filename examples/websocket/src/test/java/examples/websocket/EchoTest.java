package examples.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spyglass.http.Peer;
import spyglass.http.RawConnection;

/** Frames in and frames out, byte by byte in hex. The end of the input is always a 1001. */
final class EchoTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final String GOING = "880203e9";

  /** What a client would hear that sends these bytes and then no more. */
  private static byte[] converse(byte[] sent) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    Echo.converse(new RawConnection(new ByteArrayInputStream(sent), heard, Peer.loopback()));
    return heard.toByteArray();
  }

  /** The same in hex: first byte and payload of each frame, which is then masked, or raw bytes. */
  private static String talk(String script) throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (String frame : script.split("\\|", -1)) {
      if (frame.startsWith("raw ")) {
        sent.writeBytes(HEX.parseHex(frame.substring(4).replace(" ", "")));
      } else if (!frame.isEmpty()) {
        String[] parts = frame.split(" ", 2);
        byte[] payload = HEX.parseHex(parts.length == 1 ? "" : parts[1]);
        sent.writeBytes(masked(HEX.parseHex(parts[0])[0], payload));
      }
    }
    return HEX.formatHex(converse(sent.toByteArray()));
  }

  private static byte[] masked(byte first, byte[] payload) {
    byte[] mask = {0x12, 0x34, 0x56, 0x78};
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else {
      frame.write(0xff);
      frame.writeBytes(HEX.parseHex(String.format("%016x", payload.length)));
    }
    frame.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ mask[i % 4]);
    }
    return frame.toByteArray();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the standard's masked hello,        raw 818537fa213d7f9f4d5158, 810548656c6c6f" + GOING,
    "an empty text,                      81,                         8100" + GOING,
    "bytes,                              82 00ff,                    820200ff" + GOING,
    "two messages,                       81 61|82 62,                810161820162" + GOING,
    "a text in three pieces,             01 61|00 62|80 63,          8103616263" + GOING,
    "empty pieces,                       01|00|80,                   8100" + GOING,
    "a ping,                             89 7069,                    8a027069" + GOING,
    "a ping between two pieces,          01 61|89 70|80 62,          8a017081026162" + GOING,
    "a pong nobody asked for,            8a 70|81 61,                810161" + GOING,
    "a character in two pieces,          01 e2|80 82ac,              8103e282ac" + GOING,
    "a character in four,                01 f0|00 9f|00 98|80 80,    8104f09f9880" + GOING,
    "an end within a frame,              raw 8185,                   " + GOING,
    "an end within a message,            01 61,                      " + GOING,
  })
  void whatIsLegalComesBack(String what, String sent, String heard) throws IOException {
    assertEquals(heard, talk(sent), what);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "without a reason,             88,               8800",
    "with a code,                  88 03e8,          880203e8",
    "with words,                   88 03e8676f,      880203e8",
    "with an app's code,           88 1387,          88021387",
    "within a message,             01 61|88 03e9,    880203e9",
    "and nothing after it is read, 88 03e8|81 61,    880203e8",
  })
  void aCloseIsAnsweredWithItsCode(String what, String sent, String heard) throws IOException {
    assertEquals(heard, talk(sent), what);
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource({
    "no mask,                         1002, raw 810161",
    "the first reserved bit,          1002, c1 61",
    "the second,                      1002, a1 61",
    "the third,                       1002, 91 61",
    "an unknown opcode,               1002, 83",
    "an unknown control opcode,       1002, 8b",
    "a ping in pieces,                1002, 09",
    "a ping of 126 bytes,             1002, raw 89fe007e00000000",
    "a continuation of nothing,       1002, 80 61",
    "one after a whole message,       1002, 81|80 61",
    "a text within a text,            1002, 01 61|81 62",
    "5 as two bytes,                  1002, raw 81fe000500000000",
    "65535 as eight bytes,            1002, raw 82ff000000000000ffff00000000",
    "a negative length,               1002, raw 82ff800000000000000000000000",
    "a close of one byte,             1002, 88 03",
    "a close with 999,                1002, 88 03e7",
    "a close with 1004,               1002, 88 03ec",
    "a close with 1005,               1002, 88 03ed",
    "a close with 1006,               1002, 88 03ee",
    "a close with 1012,               1002, 88 03f4",
    "a close with 1015,               1002, 88 03f7",
    "a close with 2999,               1002, 88 0bb7",
    "a close with 5000,               1002, 88 1388",
    "words that are not UTF-8,        1007, 88 03e8ff",
    "a text that is not UTF-8,        1007, 81 ff",
    "a surrogate,                     1007, 81 eda080",
    "an overlong slash,               1007, 81 c0af",
    "beyond Unicode,                  1007, 81 f4908080",
    "a character cut short,           1007, 81 e282",
    "one cut short in a last piece,   1007, 01 e2|80 82",
    "a piece that nothing can mend,   1007, 01 e228",
    "a mebibyte and one,              1009, raw 82ff000000000010000100000000",
    "as much as a length can say,     1009, raw 82ff7fffffffffffffff00000000",
  })
  void whatIsNotLegalClosesTheWebSocket(String what, int code, String sent) throws IOException {
    String heard = talk(sent);

    String close = heard.substring(heard.lastIndexOf("88"));
    assertEquals(HEX.toHexDigits((short) code), close.substring(4, 8), what);
    assertEquals(Integer.parseInt(close.substring(2, 4), 16) * 2, close.length() - 4);
  }

  @ParameterizedTest
  @CsvSource({"125, 2", "126, 4", "65535, 4", "65536, 10", "1048576, 10"})
  void everyFormOfALengthIsWrittenAsShortAsCanBe(int length, int head) throws IOException {
    byte[] sent =
        length < 65536 && length > 125 ? twoBytes(length) : masked((byte) 0x82, new byte[length]);
    byte[] heard = converse(sent);

    assertEquals(head + length + GOING.length() / 2, heard.length);
  }

  private static byte[] twoBytes(int length) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(HEX.parseHex("82fe" + String.format("%04x", length) + "00000000"));
    frame.writeBytes(new byte[length]);
    return frame.toByteArray();
  }

  @Test
  void piecesTogetherMayNotBeLargerThanAMessage() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes(masked((byte) 0x02, new byte[Messages.MOST]));
    sent.writeBytes(masked((byte) 0x80, new byte[] {1}));

    byte[] heard = converse(sent.toByteArray());

    assertEquals(
        "03f1", HEX.formatHex(heard, 2, 4), () -> new String(heard, StandardCharsets.US_ASCII));
  }
}
