package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import spyglass.http.App;
import spyglass.http.Corpus;
import spyglass.http.Response;

/**
 * The request corpus over a socket, against a worker and an app that says what it was asked. The
 * parser's own tests cut every case at every byte; here each is cut at a few places, and the network
 * may join the pieces again. What is tested here is all that lies between the parser and the wire.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class CorpusOverSocketTest {

  private static final int CUTS = 3;

  private static final App SAYS =
      request -> {
        int length = request.body().readAllBytes().length;
        String said = request.method() + " " + request.target() + " len=" + length;
        return Response.text("body").withHeader("X-Said", said);
      };

  private TestWorker worker;

  @BeforeAll
  void start() throws IOException {
    worker = new TestWorker(SAYS);
  }

  @AfterAll
  void stop() throws IOException {
    worker.close();
  }

  static List<Corpus.Case> cases() {
    return Corpus.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyCaseEndsOverASocketAsItDoesInTheParser(Corpus.Case one) throws IOException {
    check(one, 0);
    // The same cuts in every run.
    Random random = new Random(one.name().hashCode());
    for (int i = 0; i < CUTS; i++) {
      check(one, random.nextInt(one.wire().length() + 1));
    }
  }

  private void check(Corpus.Case one, int cut) throws IOException {
    try (Client client = worker.connect()) {
      client.send(one.wire().substring(0, cut));
      if (cut > 0) {
        TestWorker.pause();
      }
      client.send(one.wire().substring(cut));
      // A refusal closes the connection without our doing; anything else we have to end.
      if (!one.accepted().stream().allMatch(CorpusOverSocketTest::endsInRefusal)) {
        client.sendEnd();
      }
      String happened = happened(client);
      List<String> expected =
          one.accepted().stream().map(CorpusOverSocketTest::overSocket).toList();
      assertTrue(
          expected.contains(happened),
          () -> one + ", cut at " + cut + ": " + happened + " is not one of " + expected);
    }
  }

  private static boolean endsInRefusal(String expected) {
    return expected.matches("(.*; )?[0-9]{3}");
  }

  /** A server that waits for more says nothing until we say that there is no more. */
  private static String overSocket(String expected) {
    return expected.replaceFirst("(^|; )more$", "");
  }

  private static String happened(Client client) throws IOException {
    List<String> steps = new ArrayList<>();
    while (true) {
      Answer head;
      try {
        head = client.head();
      } catch (EOFException e) {
        return String.join("; ", steps);
      }
      String said = head.field("x-said");
      String body = client.read(said.startsWith("HEAD ") ? 0 : length(head));
      if (!body.equals("The body ended early.\n")) {
        steps.add(said.isEmpty() ? Integer.toString(head.status()) : said);
      }
      if (head.closes() || head.status() != 200) {
        assertTrue(head.closes(), "a refusal that does not close");
        assertTrue(client.atEnd(), () -> "more after the end: " + Arrays.toString(steps.toArray()));
        return String.join("; ", steps);
      }
    }
  }

  private static int length(Answer head) {
    return Integer.parseInt(head.field("content-length"));
  }
}
