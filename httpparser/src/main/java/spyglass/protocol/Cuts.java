package spyglass.protocol;

import java.util.Arrays;
import spyglass.protocol.ProtocolLint.Clause;

/**
 * All the ways in which the same bytes may come.
 *
 * @param protocol what they are said to
 * @param said the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // used once, compared by nobody
record Cuts(Protocol protocol, byte[] said) {

  private static final int MOST_CUTS = 300;

  TestClient.Answer check() throws Exception {
    TestClient.Answer kept = talk(TestClient.keeping(protocol), said.length, said.length);
    TestClient.Answer whole = talk(TestClient.connect(protocol), said.length, said.length);
    Clause.COPIED.unless(same(kept, whole), whole + " instead of " + kept);
    unless(whole, talk(TestClient.connect(protocol), Math.min(1, said.length), 1), "byte by byte");
    int step = Math.max(1, said.length / MOST_CUTS);
    for (int cut = 1; cut < said.length; cut += step) {
      unless(whole, talk(TestClient.connect(protocol), cut, said.length), "cut at " + cut);
    }
    return whole;
  }

  private static void unless(TestClient.Answer whole, TestClient.Answer cut, String how) {
    Clause.ANY_CUT.unless(same(whole, cut), how + " " + cut + ", whole " + whole);
  }

  private static boolean same(TestClient.Answer one, TestClient.Answer other) {
    return Arrays.equals(one.bytes(), other.bytes())
        && one.refusal().equals(other.refusal())
        && one.closed() == other.closed();
  }

  /** Says a first piece, and the rest in pieces of one size. */
  private TestClient.Answer talk(TestClient client, int first, int size) throws Exception {
    int from = 0;
    int to = first;
    while (from < said.length && !client.isClosed()) {
      client.says(Arrays.copyOfRange(said, from, to));
      from = to;
      to = Math.min(from + size, said.length);
    }
    return client.ends();
  }
}
