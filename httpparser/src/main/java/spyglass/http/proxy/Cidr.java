package spyglass.http.proxy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import spyglass.http.Address;

/**
 * A block of addresses that begin with the same bits, as {@code 10.0.0.0/8} or {@code fd00::/8}
 * (RFC 4632).
 *
 * @param base an address of the block
 * @param bits how many of its first bits all addresses of the block share
 */
public record Cidr(InetAddress base, int bits) {

  /** A block; an impossible number of bits is an IllegalArgumentException. */
  public Cidr {
    if (bits < 0 || bits > base.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException(base.getHostAddress() + " has no " + bits + " bits.");
    }
  }

  /**
   * Blocks and plain addresses with commas between them; blanks around them do not matter.
   *
   * @throws IllegalArgumentException whose message is one line that names the culprit
   */
  public static List<Cidr> list(String text) {
    List<Cidr> blocks = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      blocks.add(parse(part.strip()));
    }
    return List.copyOf(blocks);
  }

  /** One block; a plain address is the block of itself alone. */
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    InetAddress base = Address.of(address).orElseThrow(() -> illegal(text));
    int most = base.getAddress().length * Byte.SIZE;
    if (slash < 0) {
      return new Cidr(base, most);
    }
    String bits = text.substring(slash + 1);
    // ::ffff:10.0.0.0/104 would need its bits recounted; whoever means 10.0.0.0/8 can say so.
    boolean mapped = most == 32 && address.indexOf(':') >= 0;
    if (mapped || !bits.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(bits) > most) {
      throw illegal(text);
    }
    return new Cidr(base, Integer.parseInt(bits));
  }

  private static IllegalArgumentException illegal(String text) {
    StringBuilder plain = new StringBuilder();
    text.chars().limit(60).forEach(c -> plain.append(c < ' ' || c == 0x7f ? '?' : (char) c));
    return new IllegalArgumentException(
        "'" + plain + "' is no address block such as 10.0.0.0/8, 192.0.2.1 or fd00::/8.");
  }

  /** Whether the address lies in this block. */
  public boolean contains(InetAddress address) {
    byte[] ours = base.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
