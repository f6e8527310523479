package spyglass.http.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import spyglass.http.Address;
import spyglass.http.Peer;
import spyglass.http.proxy.ProxyProtocol.Result;

/** Version 1: {@code PROXY TCP4 192.0.2.1 198.51.100.1 56324 443} and a line end. */
final class ProxyText {

  /** What the protocol's paper promises, the line end included. */
  private static final int LONGEST = 107;

  private static final int LAST_PORT = 65_535;

  private ProxyText() {}

  static Result parse(ByteBuffer bytes) {
    int known = Math.min(bytes.remaining(), LONGEST);
    for (int i = 0; i < known; i++) {
      if (bytes.get(i) == '\n') {
        return line(StandardCharsets.ISO_8859_1.decode(bytes.slice(0, i + 1)).toString());
      }
    }
    return known < LONGEST ? ProxyProtocol.MORE : malformed("is longer than 107 bytes");
  }

  private static Result line(String line) {
    int end = line.length() - 2;
    if (line.indexOf('\r') != end) {
      return malformed("does not end with CR LF");
    }
    String[] words = line.substring(0, end).split(" ", -1);
    if (words[1].equals("UNKNOWN")) {
      // Whatever follows it is to be ignored.
      return new Result.Found(Optional.empty(), line.length());
    }
    boolean v6 = words[1].equals("TCP6");
    if (words.length != 6 || !(v6 || words[1].equals("TCP4"))) {
      return malformed("is not a protocol, two addresses and two ports");
    }
    Optional<InetSocketAddress> remote = end(words[2], words[4], v6);
    Optional<InetSocketAddress> local = end(words[3], words[5], v6);
    if (remote.isEmpty() || local.isEmpty()) {
      return malformed("holds an address or a port that is none");
    }
    Peer peer = new Peer(remote.get(), local.get(), "http");
    return new Result.Found(Optional.of(peer), line.length());
  }

  private static Optional<InetSocketAddress> end(String address, String port, boolean v6) {
    boolean number = port.matches("0|[1-9][0-9]{0,4}") && Integer.parseInt(port) <= LAST_PORT;
    if (!number || (address.indexOf(':') >= 0) != v6) {
      return Optional.empty();
    }
    Optional<InetAddress> legal = Address.of(address);
    return legal.map(inet -> new InetSocketAddress(inet, Integer.parseInt(port)));
  }

  private static Result malformed(String how) {
    return new Result.Malformed("The PROXY line " + how + ".");
  }
}
