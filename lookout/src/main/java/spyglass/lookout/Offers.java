package spyglass.lookout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import spyglass.config.Catalogue;
import spyglass.config.Configuration;
import spyglass.config.Kind;
import spyglass.config.Misuse;
import spyglass.config.Origin;
import spyglass.config.Said;
import spyglass.config.Setting;
import spyglass.config.Spelling;
import spyglass.config.Topic;
import spyglass.worker.WorkerMain;

/** The protocols that a server's jars bring, by name, and which jar brings which. */
final class Offers {

  private final Map<String, ProtocolJar.Offer> byName = new TreeMap<>();
  private final Map<String, Path> jars = new TreeMap<>();

  private Offers() {}

  /**
   * What was said, and which protocol, where that goes without saying: the jar brings one, and no app.
   *
   * @throws Misuse if it brings several, or cannot be read
   */
  static Configuration choose(Configuration options) throws Misuse {
    Optional<Path> jar = options.paths("jar").stream().findFirst();
    if (jar.isEmpty() || options.isSet("protocol") || options.isSet("app")) {
      return options;
    }
    AppJar app = new AppJar(jar.get());
    app.checkPath();
    List<ProtocolJar.Offer> offers = ProtocolJar.offers(jar.get());
    if (offers.isEmpty() || app.offersApp()) {
      return options;
    }
    if (offers.size() > 1) {
      String names =
          offers.stream().map(ProtocolJar.Offer::name).sorted().collect(Collectors.joining(", "));
      throw new Misuse(
          jar.get() + " brings no app, and several protocols: say --protocol NAME: " + names);
    }
    String name = offers.getFirst().name();
    return options.with(new Said("protocol", name, new Origin.Brought(jar.get())));
  }

  /** Reads them out of the jars and runs no code of theirs. */
  static Offers of(Jars jars) throws Misuse {
    Offers offers = new Offers();
    for (Path jar : jars.all()) {
      for (ProtocolJar.Offer offer : ProtocolJar.offers(jar)) {
        offers.add(offer, jar);
      }
    }
    return offers;
  }

  private void add(ProtocolJar.Offer offer, Path jar) throws Misuse {
    String name = offer.name();
    if (name.equals(WorkerMain.HTTP) || name.equals("app")) {
      throw new Misuse(
          jar + " brings a protocol named " + name + ", and that word is ours: rename it");
    }
    Path other = jars.put(name, jar);
    if (other != null) {
      throw new Misuse(
          other + " and " + jar + " both bring the protocol " + name + ": leave one of them out");
    }
    byName.put(name, offer);
  }

  Optional<ProtocolJar.Offer> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  List<ProtocolJar.Offer> all() {
    return List.copyOf(byName.values());
  }

  /** What all of them can be told. */
  List<Setting> settings() {
    return all().stream().flatMap(offer -> settings(offer).stream()).toList();
  }

  /** What one of them can be told. */
  static List<Setting> settings(ProtocolJar.Offer offer) {
    return offer.options().stream()
        .map(told -> {
          String name = Catalogue.OPTION + "." + offer.name() + "." + told.name();
          return new Setting(
              Topic.PROTOCOLS, name, told.value(), new Kind.Text("VALUE"), told.about());
        })
        .toList();
  }

  /** Checks that the protocol is there, and all that it needs. */
  ProtocolJar.Offer checkChoice(Said protocol) throws Misuse {
    if (byName.isEmpty()) {
      throw new Misuse(
          protocol.culprit()
              + ": no jar brings a protocol: name one that does, with or without --lib");
    }
    return find(protocol, protocol.text(), List.of());
  }

  private ProtocolJar.Offer find(Said protocol, String name, List<String> waiting) throws Misuse {
    List<String> path = new ArrayList<>(waiting);
    path.add(name);
    List<String> onward = path.subList(1, path.size());
    String chain =
        protocol.culprit() + (onward.isEmpty() ? "" : " needs " + String.join(" needs ", onward));
    if (waiting.contains(name)) {
      throw new Misuse(chain + ": break the circle");
    }
    ProtocolJar.Offer offer = byName.get(name);
    if (offer == null) {
      throw new Misuse(
          chain + ", which no jar brings: there is " + String.join(", ", byName.keySet()));
    }
    for (String need : offer.needs()) {
      find(protocol, need, path);
    }
    return offer;
  }

  /** Checks that whatever protocols are told is something that one of them knows. */
  void checkTold(Configuration options) throws Misuse {
    List<String> names =
        settings().stream()
            .map(setting -> setting.name().substring(Catalogue.OPTION.length() + 1))
            .toList();
    boolean http = options.text("protocol").equals(WorkerMain.HTTP);
    for (Map.Entry<String, Said> told : options.told().entrySet()) {
      // What an app can be told only the app knows.
      boolean apps = http && told.getKey().startsWith("app.");
      if (!apps && !names.contains(told.getKey())) {
        String known =
            names.isEmpty()
                ? "no jar brings a protocol that could be told anything"
                : "there is " + String.join(", ", names);
        throw new Misuse(
            told.getValue().culprit()
                + ": no such option: "
                + Spelling.nearest(told.getKey(), names.stream())
                    .map(name -> "did you mean " + name + "?")
                    .orElse(known));
      }
    }
  }
}
