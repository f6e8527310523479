package spyglass.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The request corpus: what clients send, legal and not, and what is to become of it. It is plain
 * text in {@code corpus/*.txt} on the class path, so that the same cases can be fed to the parser,
 * sent over a socket and printed as a table.
 *
 * <pre>
 * # a comment
 * == name of the case | RFC 9112 section 5.1 | 400
 * # a comment about this case
 * GET / HTTP/1.1\r\nHost : a\r\n\r\n
 * </pre>
 *
 * <p>Line ends of the file mean nothing; bytes that do are written {@code \r \n \t \0 \\ \xHH}, and
 * {@code {a*9000}} is nine thousand times {@code a}. The expectation is what happened, step by step,
 * separated by {@code "; "}: {@code GET /path len=N} for a request that was answered with its decoded
 * body length, {@code 400} and the like for a refusal, after which the connection closes, {@code
 * more} when a server would go on waiting. Where the RFC leaves a choice, {@code " or "} separates
 * what may happen.
 */
public final class Corpus {

  /** The files, in reading order. */
  public static final List<String> FILES =
      List.of("request-line", "target", "fields", "host", "length", "chunked", "limits", "legal");

  private static final Pattern REPEAT = Pattern.compile("\\{([^*}]+)\\*([0-9]+)}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-fA-F]{2}|.)");

  private Corpus() {}

  /**
   * One case.
   *
   * @param file where it stands, without {@code .txt}
   * @param name what it shows
   * @param section the rule, as {@code RFC 9112 section 5.1}
   * @param accepted what may happen; one entry nearly always
   * @param source as written in the file, for people
   * @param wire what is sent, bytes as Latin-1 characters
   */
  public record Case(
      String file, String name, String section, List<String> accepted, String source, String wire) {

    /** What is sent. */
    public byte[] bytes() {
      return wire.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** For the names of tests. */
    @Override
    public String toString() {
      return file + ": " + name;
    }
  }

  /** Every case of every file. */
  public static List<Case> all() {
    return FILES.stream().flatMap(file -> read(file, text(file)).stream()).toList();
  }

  /** The cases in one text. */
  static List<Case> read(String file, String text) {
    List<Case> cases = new ArrayList<>();
    String[] header = {};
    StringBuilder source = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.startsWith("== ")) {
        add(cases, file, header, source.toString());
        header = line.substring(3).split(" \\| ", 3);
        source.setLength(0);
      } else if (header.length > 0 && (!line.startsWith("#") || !source.isEmpty())) {
        source.append(line);
      }
    }
    add(cases, file, header, source.toString());
    return cases;
  }

  private static void add(List<Case> cases, String file, String[] header, String source) {
    if (header.length == 0) {
      return;
    }
    if (header.length != 3 || source.isEmpty()) {
      throw new IllegalArgumentException(file + ": a case after " + cases.size() + " others");
    }
    List<String> accepted = Stream.of(header[2].strip().split(" or ")).map(Corpus::expand).toList();
    cases.add(
        new Case(file, header[0].strip(), header[1].strip(), accepted, source, expand(source)));
  }

  private static String expand(String source) {
    String repeated =
        REPEAT
            .matcher(source)
            .replaceAll(found ->
                Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
    return ESCAPE
        .matcher(repeated)
        .replaceAll(found -> Matcher.quoteReplacement(unescape(found.group(1))));
  }

  private static String unescape(String code) {
    return switch (code.charAt(0)) {
      case 'r' -> "\r";
      case 'n' -> "\n";
      case 't' -> "\t";
      case '0' -> "\0";
      case '\\' -> "\\";
      case 'x' -> String.valueOf((char) Integer.parseInt(code, 1, 3, 16));
      default -> throw new IllegalArgumentException("no such escape: \\" + code);
    };
  }

  private static String text(String file) {
    String name = "/corpus/" + file + ".txt";
    try (InputStream in = Corpus.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no " + name + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
