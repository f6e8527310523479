package spyglass.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Every setting with its value and its origin. What it holds has been checked, each for itself. */
public final class Configuration {

  /** Two ways to say one thing. */
  private static final Map<String, Set<String>> RIVALS =
      Map.of("listen", Set.of("host", "port"), "host", Set.of("listen"), "port", Set.of("listen"));

  private final Map<String, Said> values = new TreeMap<>();

  private Configuration() {}

  /** What is left when the last word counts. */
  static Configuration of(List<Said> all) throws Misuse {
    Configuration configuration = new Configuration();
    for (Said said : all) {
      configuration.put(check(said));
    }
    return configuration;
  }

  /** The same, and one more thing that nobody has set. */
  public Configuration with(Said said) throws Misuse {
    Configuration more = new Configuration();
    more.values.putAll(values);
    more.put(check(said));
    return more;
  }

  private static Said check(Said said) throws Misuse {
    if (said.name().equals(Catalogue.OPTION)) {
      int equals = said.text().indexOf('=');
      if (equals < 1 || said.text().lastIndexOf('.', equals) < 1) {
        throw new Misuse(said.culprit() + ": give PROTOCOL.OPTION=VALUE");
      }
      String name = Catalogue.OPTION + "." + said.text().substring(0, equals);
      return new Said(name, said.text().substring(equals + 1), said.origin());
    }
    if (!isOfProtocol(said.name())) {
      Optional<String> remedy = Catalogue.get(said.name()).kind().remedy(said.text());
      if (remedy.isPresent()) {
        throw new Misuse(said.culprit() + ": " + remedy.get());
      }
    }
    return said;
  }

  private void put(Said said) throws Misuse {
    for (String rival : RIVALS.getOrDefault(said.name(), Set.of())) {
      Said other = values.get(rival);
      if (other != null && other.origin().place().equals(said.origin().place())) {
        Said listen = rival.equals("listen") ? other : said;
        String name = rival.equals("listen") ? said.name() : rival;
        throw new Misuse(listen.culprit() + " and --" + name + ": give one or the other");
      }
      values.remove(rival);
    }
    values.merge(said.name(), said, Configuration::later);
  }

  /** Folders come together; of anything else, the later one counts. */
  private static Said later(Said one, Said other) {
    if (!other.name().equals("lib")) {
      return other;
    }
    Set<String> folders = new LinkedHashSet<>(Arrays.asList(one.text().split(":")));
    folders.addAll(Arrays.asList(other.text().split(":")));
    return new Said(other.name(), String.join(":", folders), other.origin());
  }

  private static boolean isOfProtocol(String name) {
    return name.startsWith(Catalogue.OPTION + ".");
  }

  /** The value of a setting with its origin, for errors and for printing. */
  public Said said(String name) {
    Said said = values.get(name);
    return said != null ? said : new Said(name, Catalogue.get(name).usual(), new Origin.Usual());
  }

  /** Whether somebody has set it. */
  public boolean isSet(String name) {
    return values.containsKey(name);
  }

  /** The value as text. */
  public String text(String name) {
    return said(name).text();
  }

  /** The value, unless it is empty. */
  public Optional<String> find(String name) {
    return Optional.of(text(name)).filter(text -> !text.isEmpty());
  }

  /** The value of a number, or of a size in bytes. */
  public long number(String name) {
    return Catalogue.get(name).kind().number(text(name));
  }

  /** Whether a switch is on. */
  public boolean isOn(String name) {
    return text(name).equals("true");
  }

  /** The folders or files of a setting. */
  public List<Path> paths(String name) throws Misuse {
    try {
      return find(name).stream().flatMap(text -> Paths.split(name, text)).map(Path::of).toList();
    } catch (InvalidPathException e) {
      throw new Misuse(said(name).culprit() + " is no path: " + e.getReason());
    }
  }

  /** What protocols are told: {@code echo.max-line} and the value. */
  public Map<String, Said> told() {
    Map<String, Said> told = new LinkedHashMap<>();
    values.forEach((name, said) -> {
      if (isOfProtocol(name)) {
        told.put(name.substring(Catalogue.OPTION.length() + 1), said);
      }
    });
    return told;
  }
}
