package spyglass.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One Markdown file: its links and its headings, and nothing of what stands between code fences.
 *
 * @param file where it is
 * @param text all of it
 * @param links the links to files of ours; those to the web are left out
 * @param loose references that are not defined, and definitions that nothing refers to
 * @param anchors what a link's {@code #} may name: a heading in lower case, with hyphens
 */
record Page(Path file, String text, List<Link> links, Set<String> loose, Set<String> anchors) {

  /** {@code [text](target)}, {@code [text][label]} or {@code [label]}; over the end of a line, too. */
  private static final Pattern LINK =
      Pattern.compile("\\[([^\\]\\[]*)\\](?:\\(([^)\\s]+)\\)|\\[([^\\]\\[]+)\\])?");

  private static final Pattern DEFINITION = Pattern.compile("(?m)^\\[([^\\]]+)\\]: (\\S+)$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");
  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *``` *$");

  /**
   * A link.
   *
   * @param line where it begins, counted from 1
   * @param text what is underlined
   * @param path the part of the target before {@code #}; empty for a place in the same file
   * @param anchor the part behind it; empty for none
   * @param source what to look for in the file to find the target
   */
  record Link(int line, String text, String path, String anchor, String source) {
    static Link to(String target, int line, String text, String source) {
      int hash = target.indexOf('#');
      String path = hash < 0 ? target : target.substring(0, hash);
      String anchor = hash < 0 ? "" : target.substring(hash + 1);
      return new Link(line, text.replaceAll("\\s+", " "), path, anchor, source);
    }
  }

  static Page read(Path file) throws IOException {
    return of(file, Files.readString(file));
  }

  private static Page of(Path file, String text) {
    Map<String, MatchResult> definitions = new HashMap<>();
    DEFINITION.matcher(text).results().forEach(match -> definitions.put(match.group(1), match));
    // A fence or a definition goes, its line ends stay, so that the lines keep their numbers.
    String unfenced = FENCED.matcher(text).replaceAll(match -> match.group().replaceAll(".+", ""));
    String prose = DEFINITION.matcher(unfenced).replaceAll("");
    Set<String> loose = new HashSet<>(definitions.keySet());
    List<Link> links = new ArrayList<>();
    Set<String> undefined = new LinkedHashSet<>();
    Matcher matcher = LINK.matcher(prose);
    while (matcher.find()) {
      int line =
          1 + (int) prose.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
      String named = matcher.group(3) == null ? matcher.group(1) : matcher.group(3);
      String label = named.replaceAll("\\s+", " ");
      MatchResult definition = definitions.get(label);
      if (matcher.group(2) != null) {
        links.add(Link.to(matcher.group(2), line, matcher.group(1), matcher.group()));
      } else if (definition != null) {
        loose.remove(label);
        links.add(Link.to(definition.group(2), line, matcher.group(1), definition.group()));
      } else if (matcher.group(3) != null) {
        undefined.add(label);
      }
    }
    loose.addAll(undefined);
    links.removeIf(link -> link.path().matches("[a-z]+:.*"));
    return new Page(file, text, links, loose, anchors(prose));
  }

  /** As the usual viewers make them: two headings of the same words get -1, -2 behind the second on. */
  private static Set<String> anchors(String prose) {
    Set<String> anchors = new LinkedHashSet<>();
    Matcher matcher = HEADING.matcher(prose);
    while (matcher.find()) {
      String words = matcher.group(1).toLowerCase(Locale.ROOT);
      String anchor = words.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
      String free = anchor;
      for (int copy = 1; !anchors.add(free); copy++) {
        free = anchor + "-" + copy;
      }
    }
    return anchors;
  }

  /** The same page with its links to lines where the lines are now. */
  Page mended() throws IOException {
    String mended = text;
    for (Link link : links) {
      Optional<LineLink> old = LineLink.of(link);
      if (old.isPresent() && Files.exists(target(link))) {
        List<String> lines = Files.readAllLines(target(link));
        Optional<LineLink> now =
            old.filter(stale -> !stale.check(lines).isEmpty()).flatMap(stale -> stale.moved(lines));
        if (now.isPresent()) {
          String anchor = "#L" + now.get().from();
          mended = mended.replace(link.source(), link.source().replaceFirst("#L[0-9]+", anchor));
        }
      }
    }
    return of(file, mended);
  }

  /** What a link points to, seen from the folder its page lies in. */
  Path target(Link link) {
    return link.path().isEmpty() ? file : file.resolveSibling(link.path()).normalize();
  }

  /** README.md and all of docs. */
  static List<Page> all(Path root) throws IOException {
    List<Page> pages = new ArrayList<>();
    pages.add(read(root.resolve("README.md")));
    try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
      // What a program has made in its target folder is not ours yet.
      List<Path> ours =
          files
              .filter(path -> path.toString().endsWith(".md"))
              .filter(path -> !path.toString().contains("/target/"))
              .sorted()
              .toList();
      for (Path file : ours) {
        pages.add(read(file));
      }
    }
    return pages;
  }
}
