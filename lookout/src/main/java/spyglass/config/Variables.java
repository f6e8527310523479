package spyglass.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the environment says: {@code SPYGLASS_PORT=8080} is {@code --port 8080}. */
public final class Variables {

  static final String PREFIX = "SPYGLASS_";

  /**
   * What other servers in Java heed too. Ours is read after it, and so wins. It may have been set for
   * one of those: what is of no use to us is no mistake.
   */
  private static final String JAVA_OPTS = "JAVA_OPTS";

  private static final String JAVA_OPTIONS = "java-opts";

  /**
   * What Kubernetes tells every container about each service, and Docker about each link: with a service
   * named spyglass, or spyglass-x, that begins as our own variables do.
   */
  private static final Pattern OF_SERVICE =
      Pattern.compile(
          "SPYGLASS_([A-Z0-9_]+_)?"
              + "(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|PORT_[0-9]+_(TCP|UDP|SCTP)(_[A-Z]+)?)");

  private static final Pattern ADDRESS_OF_SERVICE =
      Pattern.compile("SPYGLASS_([A-Z0-9_]+_)?PORT=(tcp|udp|sctp)://.*");

  /** What the launcher reads, and what our processes tell each other. */
  private static final Set<String> OTHERS =
      Set.of(
          "SPYGLASS_JAVA_HOME",
          "SPYGLASS_PARENT",
          "SPYGLASS_STARTER",
          "SPYGLASS_FIRST_WORKER",
          "SPYGLASS_FIRST_READY",
          "SPYGLASS_FIRST_ENDED",
          "SPYGLASS_GOES_FIRST",
          "SPYGLASS_WAKE",
          "SPYGLASS_WOKEN",
          "SPYGLASS_REHEARSAL");

  private Variables() {}

  /** All that is said, by name of the variable. */
  static List<Said> read(Map<String, String> environment) throws Misuse {
    List<Said> all = new ArrayList<>();
    for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
      String variable = entry.getKey();
      if (variable.equals(JAVA_OPTS)) {
        all.add(new Said(JAVA_OPTIONS, fit(entry.getValue()), new Origin.Variable(variable)));
      }
      if (!variable.startsWith(PREFIX) || isOthers(variable) || isOfService(entry)) {
        continue;
      }
      Setting setting = find(variable).orElseThrow(() -> unknown(variable));
      all.add(new Said(setting.name(), entry.getValue(), new Origin.Variable(variable)));
    }
    return all;
  }

  private static boolean isOthers(String variable) {
    return OTHERS.contains(variable) || JvmVariables.all().contains(variable);
  }

  private static boolean isOfService(Map.Entry<String, String> entry) {
    return OF_SERVICE.matcher(entry.getKey()).matches()
        || ADDRESS_OF_SERVICE.matcher(entry.getKey() + "=" + entry.getValue()).matches();
  }

  private static String fit(String words) {
    return String.join(
        " ",
        Kind.JavaOptions.words(words).stream()
            .filter(word -> Kind.JavaOptions.refusal(word).isEmpty())
            .toList());
  }

  /** What to tell whoever serves: which variables, or words of {@code JAVA_OPTS}, are left out. */
  public static List<String> leftOut(Map<String, String> environment, Configuration options)
      throws Misuse {
    JvmVariables variables = JvmVariables.of(environment);
    List<String> told = new ArrayList<>();
    environment.entrySet().stream()
        .filter(Variables::isOfService)
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .ifPresent(variable ->
            told.add(
                variable
                    + ": left out, and all of its kind, as they tell of a service of Kubernetes: set"
                    + " enableServiceLinks: false, or name the service otherwise"));
    boolean counts = options.said(JAVA_OPTIONS).origin().equals(new Origin.Variable(JAVA_OPTS));
    List<String> words =
        Kind.JavaOptions.words(counts ? environment.getOrDefault(JAVA_OPTS, "") : "").stream()
            .filter(word -> Kind.JavaOptions.refusal(word).isPresent())
            .toList();
    if (!variables.leftOut().isEmpty()) {
      told.add(
          String.join(", ", variables.names())
              + ": left out, as they are none for a worker: "
              + String.join(" ", variables.leftOut()));
    }
    if (!words.isEmpty()) {
      told.add(
          (JAVA_OPTS + ": left out, as they are none for a worker: " + String.join(" ", words))
              + ": --java-opts, if given, counts instead");
    }
    return told;
  }

  /** Leaves out all that would set something, for a server that is to have no settings but its own. */
  public static void clear(Map<String, String> environment) {
    environment.entrySet().removeIf(Variables::isOfService);
    environment
        .keySet()
        .removeIf(variable -> variable.equals(JAVA_OPTS) || find(variable).isPresent());
  }

  private static Optional<Setting> find(String variable) {
    return Catalogue.all().stream()
        .filter(setting -> setting.variable().equals(variable))
        .findFirst();
  }

  private static Misuse unknown(String variable) {
    Stream<String> known =
        Stream.concat(Catalogue.all().stream().map(Setting::variable), OTHERS.stream());
    return new Misuse(
        variable
            + " sets nothing"
            + Spelling.nearest(variable, known)
                .map(name -> ": did you mean " + name + "?")
                .orElse(": spyglass --help lists what can be set"));
  }
}
