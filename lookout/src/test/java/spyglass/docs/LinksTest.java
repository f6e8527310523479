package spyglass.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A link to a line goes stale as soon as somebody writes a line above it, and nobody notices. So such a
 * link must say in {@code `backticks`} what stands on its line, and here it is looked for there.
 */
class LinksTest {

  /** A module of the build, which is no page. */
  private static final Path PROGRAMS = Checked.ROOT.resolve("docs/measure");

  @Test
  void everyLinkPointsToWhatItSays() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Page page : Page.all(Checked.ROOT)) {
      if (Checked.isRenewing()) {
        page = page.mended();
        Files.writeString(page.file(), page.text());
      }
      for (String label : page.loose()) {
        wrong.add(
            Checked.ROOT.relativize(page.file()) + ": [" + label + "] is not defined, or not used");
      }
      for (Page.Link link : page.links()) {
        String complaint = check(page, link);
        if (!complaint.isEmpty()) {
          String where = Checked.ROOT.relativize(page.file()) + ":" + link.line();
          wrong.add(where + ": [" + link.text() + "] " + complaint);
        }
      }
    }
    String hint = "a line that has moved is found again with: " + Checked.COMMAND;
    assertEquals(List.of(), wrong, () -> hint + "\n" + String.join("\n", wrong));
  }

  @Test
  void everyFileInDocsCanBeReachedFromTheReadme() throws IOException {
    Set<Path> reached = new HashSet<>();
    Deque<Path> next = new ArrayDeque<>(List.of(Checked.ROOT.resolve("README.md")));
    while (!next.isEmpty()) {
      Path file = next.remove();
      if (reached.add(file) && file.toString().endsWith(".md") && Files.isRegularFile(file)) {
        Page page = Page.read(file);
        page.links().forEach(link -> next.add(page.target(link)));
      }
    }
    try (Stream<Path> files = Files.walk(Checked.ROOT.resolve("docs"))) {
      List<Path> lost =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !reached.contains(file))
              .filter(file -> !file.startsWith(PROGRAMS))
              .map(Checked.ROOT::relativize)
              .toList();
      assertEquals(List.of(), lost, "no link leads to these");
    }
  }

  @Test
  void aLinkThatWentStaleIsFound(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("A.java"), "class A {\n  void run() {}\n}\n");
    Path file = folder.resolve("page.md");
    Files.writeString(
        file,
        """
        # Two words, and `code`
        [`run`](A.java#L2) [`A.run`](A.java#L2) [`run`](A.java#L1-L2) [here](#two-words-and-code)
        ```
        [not a link](in-a-fence.md)
        ```
        [`run`](A.java#L3)
        [run](A.java#L2)
        [`run`](A.java#L9)
        [there](page.md#three-words)
        [gone](gone.md)
        [`run`] [`A`][a] [`B`][a] [b][undefined]

        [`run`]: A.java#L2
        [a]: A.java#L1
        [unused]: A.java#L1
        """);
    Page page = Page.read(file);
    List<Integer> stale =
        page.links().stream()
            .filter(link -> !check(page, link).isEmpty())
            .map(Page.Link::line)
            .toList();
    assertEquals(List.of(6, 7, 8, 9, 10, 11), stale);
    assertEquals(Set.of("undefined", "unused"), page.loose());
  }

  @Test
  void aLineThatHasMovedIsFoundAgain(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("A.java"), "// run\nclass A {\n  // new\n  void run() {\n    run();\n");
    Path file = folder.resolve("page.md");
    Files.writeString(
        file, "[`run`], [`A`](A.java#L2), [`gone`](A.java#L2)\n\n[`run`]: A.java#L2\n");
    assertEquals(
        "[`run`], [`A`](A.java#L2), [`gone`](A.java#L2)\n\n[`run`]: A.java#L4\n",
        Page.read(file).mended().text());
  }

  /** What is wrong with a link, or nothing. */
  private static String check(Page page, Page.Link link) {
    Path target = page.target(link);
    if (!Files.exists(target)) {
      return "there is no " + link.path();
    }
    if (link.anchor().isEmpty()) {
      return "";
    }
    try {
      Optional<LineLink> lines = LineLink.of(link);
      if (lines.isPresent()) {
        return lines.get().check(Files.readAllLines(target));
      }
      return Page.read(target).anchors().contains(link.anchor())
          ? ""
          : link.path() + " has no heading #" + link.anchor();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
