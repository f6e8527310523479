package spyglass.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders docs/http.md from {@link Corpus}: what is tested is what is written. */
final class HttpDoc {

  /** One step of an expectation, in the corpus's words. */
  static final Pattern STEP =
      Pattern.compile("(?s)(?<status>[1-5][0-9]{2})|more|(?<line>\\S+ \\S+) len=(?<length>[0-9]+)");

  private static final int WIDEST = 60;

  private static final String PREAMBLE =
      """
      # HTTP, case by case

      <!-- Generated from httpparser/src/test/resources/corpus. Do not edit it; this renews it: COMMAND -->

      HTTP/1.1 is text, and text can be read in more than one way. Where does this body end? A proxy may
      say after three bytes, because of `Content-Length`, and the server behind it after a chunk of size
      zero, because of `Transfer-Encoding`. Then a stranger's second request hides in the body of the
      first: the proxy has never looked at it, and the server serves it. That is request smuggling, and
      every disagreement about a blank, a line end or a digit is a way to do it.

      So Spyglass follows one rule: **a request has exactly one legal reading, or it is refused**. What
      RFC 9112 forbids is refused; what it merely lets a server repair, it does not repair. After a
      refusal the connection is closed, because nobody can tell where the next request would begin.

      Below is every case the build tests, COUNT in all. Each is fed to the parser whole, byte by byte,
      and cut in two at every byte (a long one at some hundreds), and must end the same way each time; then
      it goes to a worker over a socket. What is sent in a case stands in
      [the corpus](../httpparser/src/test/resources/corpus), under the case's name.

      How to read the last column: *served* names the request line the app saw and how many bytes its body
      had; a status is a refusal, after which the connection is closed; *waits* means that no decision is
      possible before more bytes come. Steps are in order: what follows a semicolon is what became of the
      next request on the same connection. When a request that was served ends its connection, what came
      behind it is never looked at, so nothing more is listed.
      """;

  private HttpDoc() {}

  static String render(List<Corpus.Case> cases, String command) {
    StringBuilder page =
        new StringBuilder(
            PREAMBLE.replace("COMMAND", command).replace("COUNT", Integer.toString(cases.size())));
    for (String file : Corpus.FILES) {
      List<Corpus.Case> here = cases.stream().filter(one -> one.file().equals(file)).toList();
      page.append("\n## " + title(file) + " (" + here.size() + ")\n\n");
      page.append("| case | rule | what we answer |\n| --- | --- | --- |\n");
      for (Corpus.Case one : here) {
        String rule = cell(one.section());
        page.append("| " + cell(one.name()) + " | " + rule + " | " + answer(one) + " |\n");
      }
    }
    return page.toString();
  }

  private static String title(String file) {
    return switch (file) {
      case "request-line" -> "How a request starts";
      case "target" -> "The four forms of a target";
      case "fields" -> "Field lines";
      case "host" -> "Host";
      case "length" -> "Content-Length, and what may not stand beside it";
      case "chunked" -> "Bodies in chunks";
      case "limits" -> "As large as a server takes, and larger";
      case "legal" -> "What clients send all day";
      default -> throw new IllegalArgumentException("no title for corpus/" + file + ".txt");
    };
  }

  private static String answer(Corpus.Case one) {
    return one.accepted().stream().map(HttpDoc::steps).collect(Collectors.joining(", or "));
  }

  private static String steps(String expected) {
    return Stream.of(expected.split("; ", -1)).map(HttpDoc::step).collect(Collectors.joining("; "));
  }

  private static String step(String step) {
    Matcher matcher = STEP.matcher(step);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no such expectation: " + step);
    }
    if (matcher.group("status") != null) {
      int status = Integer.parseInt(step);
      return "**" + status + "** " + Status.reason(status);
    }
    if (step.equals("more")) {
      return "waits";
    }
    String bytes = matcher.group("length").equals("1") ? " byte" : " bytes";
    return "served: "
        + cell(shorten(matcher.group("line")))
        + ", "
        + matcher.group("length")
        + bytes;
  }

  private static String shorten(String line) {
    return line.length() > WIDEST ? line.substring(0, WIDEST) + "..." : line;
  }

  /** Text that means itself in a cell: Markdown's own characters and bytes that are none escaped. */
  static String cell(String text) {
    StringBuilder cell = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f) {
        cell.append(String.format("\\\\x%02x", (int) c));
      } else {
        cell.append("\\`*_[]<>|&~:".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c));
      }
    }
    return cell.toString();
  }
}
