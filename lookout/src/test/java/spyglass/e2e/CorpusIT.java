package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.Corpus;

/**
 * The request corpus against a real server. What each case means is the parser's tests' affair; here
 * it is whether it means the same whoever accepts, and whatever carries the connection.
 */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class CorpusIT {

  private static final int PATIENCE_MILLIS = 20_000;

  private static final String SAYS =
      """
      public Response call(Request request) throws java.io.IOException {
        int length = request.body().readAllBytes().length;
        String said = request.method() + " " + request.target() + " len=" + length;
        return Response.text("body").withHeader("X-Said", said);
      }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"shared", "pass"})
  void every_case_ends_as_it_does_in_the_parser(String accept) throws Exception {
    String jar = TestJar.withApp(folder, "Says", SAYS);
    try (Tree tree = Tree.of("--accept", accept, "--timeout", "1", jar)) {
      List<String> wrong = new ArrayList<>();
      for (Corpus.Case one : Corpus.all()) {
        List<String> expected = one.accepted().stream().map(CorpusIT::overSocket).toList();
        String happened = happened(tree.port(), one);
        if (!expected.contains(happened)) {
          wrong.add(one + ": " + happened + " is not one of " + expected);
        }
      }
      assertEquals(List.of(), wrong);
      tree.awaitAsleep();
    }
  }

  /** A server that waits for more says nothing until we say that there is no more. */
  private static String overSocket(String expected) {
    return expected.replaceFirst("(^|; )more$", "");
  }

  private static String happened(int port, Corpus.Case one) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(one.bytes());
      // A refusal closes the connection without our doing; anything else we have to end.
      if (!one.accepted().stream().allMatch(expected -> expected.matches("(.*; )?[0-9]{3}"))) {
        socket.shutdownOutput();
      }
      return steps(new BufferedInputStream(socket.getInputStream()));
    }
  }

  private static String steps(InputStream in) throws IOException {
    List<String> steps = new ArrayList<>();
    for (String head = head(in); !head.isEmpty(); head = head(in)) {
      String said = field(head, "X-Said");
      int length = said.startsWith("HEAD ") ? 0 : Integer.parseInt(field(head, "Content-Length"));
      String body = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
      if (!body.equals("The body ended early.\n")) {
        steps.add(said.isEmpty() ? head.split(" ", 3)[1] : said);
      }
    }
    return String.join("; ", steps);
  }

  /** The next head; nothing at the end of the connection. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static String field(String head, String name) {
    Matcher line = Pattern.compile("(?im)^" + name + ":[ \t]*([^\r\n]*)").matcher(head);
    return line.find() ? line.group(1) : "";
  }
}
