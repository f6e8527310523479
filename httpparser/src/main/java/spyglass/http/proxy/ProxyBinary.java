package spyglass.http.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import spyglass.http.Peer;
import spyglass.http.proxy.ProxyProtocol.Result;

/**
 * Version 2: a signature, a byte of version and command, a byte of family and transport, two bytes
 * that count what follows, then the addresses and perhaps more (type, length, value), which is
 * skipped.
 */
final class ProxyBinary {

  /** The count may say 65,535. Nobody needs that much to say who somebody is. */
  static final int LONGEST = 4096;

  private static final int HEAD = 16;
  private static final int LOCAL = 0x20;
  private static final int PROXY = 0x21;
  private static final int UNIX_PATH = 108;

  private ProxyBinary() {}

  /** Parses bytes that begin with the signature; {@code at} is where it ends. */
  static Result parse(ByteBuffer bytes, int at) {
    if (bytes.remaining() <= at) {
      return ProxyProtocol.MORE;
    }
    int command = bytes.get(at) & 0xff;
    if (command != LOCAL && command != PROXY) {
      return malformed("is of another version or holds another command");
    }
    if (bytes.remaining() < HEAD) {
      return ProxyProtocol.MORE;
    }
    int length = HEAD + (bytes.getShort(at + 2) & 0xffff);
    if (length > LONGEST) {
      return malformed("is longer than " + LONGEST + " bytes");
    }
    if (bytes.remaining() < length) {
      return ProxyProtocol.MORE;
    }
    return command == LOCAL
        ? new Result.Found(Optional.empty(), length)
        : addresses(bytes.get(at + 1) & 0xff, bytes.slice(HEAD, length - HEAD), length);
  }

  private static Result addresses(int family, ByteBuffer rest, int length) {
    int size =
        switch (family) {
          case 0x00 -> 0;
          case 0x11 -> 4;
          case 0x21 -> 16;
          case 0x31 -> UNIX_PATH;
          default -> -1;
        };
    if (size == 0) {
      return new Result.Found(Optional.empty(), length);
    }
    if (size < 0) {
      return malformed("names a family that is none, or datagrams");
    }
    int ports = size == UNIX_PATH ? 0 : 2 * Short.BYTES;
    if (rest.remaining() < 2 * size + ports) {
      return malformed("is too short for its addresses");
    }
    byte[] remote = take(rest, size);
    byte[] local = take(rest, size);
    Peer peer =
        ports == 0
            ? new Peer(unix(remote), unix(local), "http")
            : new Peer(inet(remote, rest.getShort()), inet(local, rest.getShort()), "http");
    return skipped(rest)
        ? new Result.Found(Optional.of(peer), length)
        : malformed("holds an extension that reaches beyond its end");
  }

  /** Whether what is left is whole extensions: a byte of type, two of length, and a value. */
  private static boolean skipped(ByteBuffer rest) {
    while (rest.remaining() >= 3) {
      int value = rest.getShort(rest.position() + 1) & 0xffff;
      if (rest.remaining() < 3 + value) {
        return false;
      }
      rest.position(rest.position() + 3 + value);
    }
    return !rest.hasRemaining();
  }

  private static byte[] take(ByteBuffer from, int count) {
    byte[] bytes = new byte[count];
    from.get(bytes);
    return bytes;
  }

  private static SocketAddress inet(byte[] address, short port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port & 0xffff);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("neither 4 nor 16 bytes: " + address.length, e);
    }
  }

  /** A path up to its NUL; one that is not plain ASCII is left out, as Linux's abstract names are. */
  private static SocketAddress unix(byte[] path) {
    int end = 0;
    while (end < path.length && path[end] > ' ' && path[end] < 0x7f) {
      end++;
    }
    boolean plain = end == path.length || path[end] == 0;
    String name = plain ? new String(path, 0, end, StandardCharsets.US_ASCII) : "";
    return UnixDomainSocketAddress.of(name);
  }

  private static Result malformed(String how) {
    return new Result.Malformed("The PROXY header " + how + ".");
  }
}
