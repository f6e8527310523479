package spyglass.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import spyglass.e2e.TestJar;

/**
 * The app that is tortured. It writes into a book what it begins and what it is done with; each line
 * is one write(2) to a file opened with O_APPEND, so that lines of several processes do not mix.
 *
 * @param jar to give to the server
 * @param book the file it writes into
 */
record TortureApp(String jar, Path book) {

  static final int PARTS = 12;
  static final int LINES = 2000;

  private static final Pattern BEGUN = Pattern.compile("begun (\\d+) (\\d+)");
  private static final Pattern LINE = Pattern.compile("(?:begun|done) \\d+ \\d+");

  @SuppressWarnings("InlineFormatString") // a program is easier to read on its own
  private static final String SOURCE =
      """
      private static final java.nio.file.Path BOOK = java.nio.file.Path.of("%s");
      public Response call(Request request) throws Exception {
        String id = request.query();
        note("begun", id);
        if (request.path().equals("/stream")) {
          return Response.stream("text/plain", out -> {
            for (int part = 1; part <= %d; part++) {
              Thread.sleep(100);
              out.write(("part " + part + " of " + id + "\\n").getBytes());
              out.flush();
            }
            note("done", id);
          });
        }
        String text = (id + "\\n").repeat(request.path().equals("/long") ? %d : 1);
        note("done", id);
        return Response.text(text);
      }
      private static void note(String what, String id) throws java.io.IOException {
        java.nio.file.Files.write(
            BOOK,
            (what + " " + id + " " + ProcessHandle.current().pid() + "\\n").getBytes(),
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.APPEND);
      }
      """;

  static TortureApp in(Path folder) throws IOException {
    Path book = folder.resolve("book");
    Files.createFile(book);
    String members = SOURCE.formatted(book, PARTS, LINES);
    return new TortureApp(TestJar.withApp(folder, "Tortured", members), book);
  }

  /** What to ask for. */
  static String target(Kind kind, long id) {
    return switch (kind) {
      case SHORT, KEEP_ALIVE -> "/?" + id;
      case SLOW -> "/long?" + id;
      case STREAMING -> "/stream?" + id;
    };
  }

  /** What it must answer. */
  static String body(Kind kind, long id) {
    return switch (kind) {
      case SHORT, KEEP_ALIVE -> id + "\n";
      case SLOW -> (id + "\n").repeat(LINES);
      case STREAMING -> {
        StringBuilder parts = new StringBuilder();
        for (int part = 1; part <= PARTS; part++) {
          parts.append("part ").append(part).append(" of ").append(id).append('\n');
        }
        yield parts.toString();
      }
    };
  }

  /** Which worker has begun which request. */
  Map<Long, Long> begun() throws IOException {
    Map<Long, Long> workers = new HashMap<>();
    for (String line : Files.readAllLines(book)) {
      if (!LINE.matcher(line).matches()) {
        throw new IOException("two workers wrote into one line: " + line);
      }
      Matcher begun = BEGUN.matcher(line);
      if (begun.matches()
          && workers.put(Long.parseLong(begun.group(1)), Long.parseLong(begun.group(2))) != null) {
        throw new IOException("one request was begun twice: " + line);
      }
    }
    return workers;
  }
}
