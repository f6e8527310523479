package spyglass.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields in front of a part's content. */
final class PartHead {

  private PartHead() {}

  static Headers read(Boundary boundary, int limit) throws IOException {
    List<Headers.Field> fields = new ArrayList<>();
    int left = limit;
    for (String line = line(boundary, left); !line.isEmpty(); line = line(boundary, left)) {
      left = Math.max(0, left - line.length());
      fields.add(field(line));
    }
    return Headers.of(fields);
  }

  private static String line(Boundary boundary, int limit) throws IOException {
    CrlfLine line = new CrlfLine(limit);
    while (true) {
      switch (line.add((byte) boundary.one())) {
        case MORE -> {}
        case WHOLE -> {
          return line.take();
        }
        case TOO_LONG -> throw new BadRequest(413, "The header of a part is too long.");
        case ILLEGAL -> throw new BadRequest("An illegal byte in the header of a part.");
      }
    }
  }

  private static Headers.Field field(String line) {
    int colon = line.indexOf(':');
    if (colon < 0 || !Token.is(line.substring(0, colon))) {
      throw new BadRequest("A line in the header of a part that is no field.");
    }
    return new Headers.Field(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  /** Browsers write names as UTF-8, whatever stands in the header (RFC 7578 section 5.1). */
  static String utf8(String latin1) {
    return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
