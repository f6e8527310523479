package spyglass.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * From a path on the wire to one an app can compare and look up.
 *
 * <p>The order matters. The path is split at its slashes first and each segment is decoded for
 * itself, exactly once, and only then are {@code .} and {@code ..} looked for: so {@code %2e%2e}
 * climbs as {@code ..} does, and {@code %252e} stays the five characters it stands for. Nothing
 * climbs above {@code /} (RFC 3986 section 5.2.4).
 */
final class DecodedPath {

  private DecodedPath() {}

  static String of(String path) {
    if (path.equals("*")) {
      return path;
    }
    if (!path.startsWith("/")) {
      throw new BadRequest("The path does not begin with a slash.");
    }
    List<String> kept = new ArrayList<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      String segment = decode(segments[i]);
      boolean up = segment.equals("..");
      boolean dots = up || segment.equals(".");
      if (up && !kept.isEmpty()) {
        kept.removeLast();
      }
      if (!dots) {
        kept.add(segment);
      } else if (i == segments.length - 1) {
        // "/a/." and "/a/b/.." name the folder a: its path ends with a slash.
        kept.add("");
      }
    }
    return "/" + String.join("/", kept);
  }

  private static String decode(String segment) {
    if (!Percent.wellFormed(segment)) {
      throw new BadRequest("A percent sign in the path without two hexadecimal digits.");
    }
    String decoded = utf8(Percent.decode(segment));
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (c == '/' || c == '\\') {
        // Once decoded nobody could tell it from a separator, and a proxy in front, which decided
        // by the encoded path, may have taken it for something else.
        throw new BadRequest("An encoded slash, or a backslash, in the path.");
      }
      if (Character.isISOControl(c)) {
        throw new BadRequest("A control character in the path.");
      }
    }
    return decoded;
  }

  /** Strictly: an overlong dot or slash (C0 AE, C0 AF) is malformed, not a second spelling. */
  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadRequest("The path is not UTF-8.");
    }
  }
}
