package examples.dmq;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import spyglass.protocol.TestClient;

/** A client of the binary protocol in a test: requests as bytes, answers as texts. */
public final class Talk {

  private final TestClient client;

  /** Connects. */
  public Talk(Dmq node) {
    client = TestClient.connect(node);
  }

  /** The connection itself. */
  public TestClient client() {
    return client;
  }

  /** A request's bytes. */
  public static byte[] request(int code, byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return ByteBuffer.allocate(5 + all.size())
        .put((byte) code)
        .putInt(all.size())
        .put(all.toByteArray())
        .array();
  }

  /** A name as it is sent. */
  public static byte[] name(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + text.length).put((byte) text.length).put(text).array();
  }

  /** Records as they are sent where there may be several. */
  public static byte[] records(String... records) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String record : records) {
      byte[] text = record.getBytes(StandardCharsets.UTF_8);
      all.writeBytes(number(text.length));
      all.writeBytes(text);
    }
    return all.toByteArray();
  }

  /** Four bytes. */
  public static byte[] number(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  /** Asks, and hears what comes: "0:" for OK without more, "8:" and records for a batch. */
  public List<String> ask(int code, byte[]... parts) throws Exception {
    client.says(request(code, parts));
    return hears();
  }

  /** Pushes a record and hears the status. */
  public List<String> push(String channel, String record) throws Exception {
    return ask(0x81, name(channel), record.getBytes(StandardCharsets.UTF_8));
  }

  /** Pops one. */
  public List<String> pop(String queue) throws Exception {
    return ask(0x86, name(queue));
  }

  /** What has come since. */
  public List<String> hears() {
    // In ISO 8859-1 every byte is a character; the texts of the tests are ASCII.
    ByteBuffer bytes = ByteBuffer.wrap(client.hears().getBytes(StandardCharsets.ISO_8859_1));
    List<String> all = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int status = bytes.get();
      byte[] body = new byte[bytes.getInt()];
      bytes.get(body);
      all.add(status + ":" + (status == 8 ? batch(body) : text(body)));
    }
    return all;
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.ISO_8859_1).replace("\0", "");
  }

  private static String batch(byte[] body) {
    ByteBuffer bytes = ByteBuffer.wrap(body);
    List<String> records = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] record = new byte[bytes.getInt()];
      bytes.get(record);
      records.add(text(record));
    }
    return String.join(",", records);
  }
}
