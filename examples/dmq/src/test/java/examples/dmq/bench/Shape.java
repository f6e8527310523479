package examples.dmq.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How two queues are spoken to: the requests as bytes, and where an answer ends. */
enum Shape {
  REDIS {
    @Override
    byte[] push(byte[] record) {
      return command("LPUSH", "bench".getBytes(StandardCharsets.US_ASCII), record);
    }

    @Override
    byte[] pop() {
      return command("RPOP", "bench".getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] command(String name, byte[]... parts) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(text("*" + (parts.length + 1) + "\r\n$" + name.length() + "\r\n" + name));
      for (byte[] part : parts) {
        out.writeBytes(text("\r\n$" + part.length + "\r\n"));
        out.writeBytes(part);
      }
      out.writeBytes(text("\r\n"));
      return out.toByteArray();
    }

    private byte[] text(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    int answer(ByteBuffer in, int at) {
      int end = at + 1;
      int number = 0;
      while (end < in.limit() && in.get(end) != '\n') {
        byte b = in.get(end);
        number = b >= '0' && b <= '9' ? number * 10 + b - '0' : number;
        end++;
      }
      if (end == in.limit()) {
        return -1;
      }
      end += in.get(at) == '$' ? number + 3 : 1;
      return end <= in.limit() ? end : -1;
    }

    @Override
    boolean isRecord(ByteBuffer in, int at, byte[] record) {
      return in.get(at) == '$'
          && new String(slice(in, at, 6), StandardCharsets.US_ASCII).equals("$100\r\n");
    }
  },

  DMQ {
    @Override
    byte[] push(byte[] record) {
      return ByteBuffer.allocate(5 + 6 + record.length)
          .put((byte) 0x81)
          .putInt(6 + record.length)
          .put((byte) 5)
          .put("bench".getBytes(StandardCharsets.US_ASCII))
          .put(record)
          .array();
    }

    @Override
    byte[] pop() {
      return ByteBuffer.allocate(11)
          .put((byte) 0x86)
          .putInt(6)
          .put((byte) 5)
          .put("bench".getBytes(StandardCharsets.US_ASCII))
          .array();
    }

    @Override
    int answer(ByteBuffer in, int at) {
      if (in.limit() - at < 5) {
        return -1;
      }
      int end = at + 5 + in.getInt(at + 1);
      return end <= in.limit() ? end : -1;
    }

    @Override
    boolean isRecord(ByteBuffer in, int at, byte[] record) {
      return in.get(at) == 0 && in.getInt(at + 1) == record.length;
    }
  };

  abstract byte[] push(byte[] record);

  abstract byte[] pop();

  /** Where the answer that begins at an index ends; -1 when it is not whole. */
  abstract int answer(ByteBuffer in, int at);

  /** Whether an answer brings a record of the right length. */
  abstract boolean isRecord(ByteBuffer in, int at, byte[] record);

  static byte[] slice(ByteBuffer in, int at, int length) {
    byte[] bytes = new byte[length];
    in.get(at, bytes);
    return bytes;
  }
}
