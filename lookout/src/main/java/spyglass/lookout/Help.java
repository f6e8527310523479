package spyglass.lookout;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import spyglass.config.Catalogue;
import spyglass.config.Configuration;
import spyglass.config.Misuse;
import spyglass.config.Setting;
import spyglass.config.Spelling;
import spyglass.config.Topic;

/**
 * {@code spyglass help}: the topics; the options of one; or what a protocol can be told, for those that
 * the jars at hand bring.
 */
final class Help {

  private final PrintStream out;
  private final Grammar grammar;

  Help(PrintStream out, Grammar grammar) {
    this.out = out;
    this.grammar = grammar;
  }

  /**
   * Shows what is asked for.
   *
   * @param words a topic or a protocol or nothing, and perhaps a jar
   */
  void show(Configuration options, List<String> words) throws Misuse {
    if (words.size() > 2) {
      throw new Misuse("help " + String.join(" ", words) + ": give one topic and one jar");
    }
    List<String> left = new ArrayList<>(words);
    Optional<Path> jar = options.paths("jar").stream().findFirst();
    if (left.size() == 2 || (left.size() == 1 && left.getFirst().endsWith(".jar"))) {
      jar = Optional.of(Path.of(left.removeLast()));
    }
    Offers offers = Offers.of(Jars.of(options, jar));
    if (left.isEmpty()) {
      topics(offers);
    } else {
      about(left.getFirst(), offers);
    }
  }

  private void topics(Offers offers) {
    out.println("spyglass help TOPIC lists the options of one:");
    out.println();
    Arrays.stream(Topic.values()).forEach(topic -> row(topic.word(), topic.about()));
    out.println();
    if (offers.all().isEmpty()) {
      out.println("spyglass help PROTOCOL app.jar lists those of a protocol that a jar brings.");
    } else {
      out.println("and spyglass help PROTOCOL app.jar those of a protocol; this jar brings:");
      out.println();
      offers.all().forEach(offer -> row(offer.name(), offer.about()));
    }
  }

  private void about(String word, Offers offers) throws Misuse {
    Optional<ProtocolJar.Offer> offer = offers.find(word);
    Optional<Topic> topic = Topic.of(word);
    if (offer.isPresent()) {
      protocol(offer.get());
    } else if (topic.isPresent()) {
      out.println(topic.get().word() + ": " + topic.get().about());
      out.println();
      Catalogue.all().stream()
          .filter(setting -> setting.topic() == topic.get())
          .forEach(setting -> row(title(setting), sentence(setting)));
    } else if (grammar.line().getSubcommands().containsKey(word)) {
      Usage.print(grammar.line().getSubcommands().get(word), out);
    } else {
      throw new Misuse(unknown(word, offers));
    }
  }

  private static String unknown(String word, Offers offers) {
    List<String> names =
        Stream.concat(
                Arrays.stream(Topic.values()).map(Topic::word),
                offers.all().stream().map(ProtocolJar.Offer::name))
            .toList();
    Stream<String> known = Stream.concat(names.stream(), Verb.words());
    return "help "
        + word
        + Spelling.nearest(word, known)
            .map(near -> ": did you mean " + near + "?")
            .orElseGet(() ->
                (": there is " + String.join(", ", names))
                    + "; for a protocol's options, name its jar too");
  }

  private void protocol(ProtocolJar.Offer offer) {
    out.println(offer.name() + ": " + offer.about());
    if (!offer.needs().isEmpty()) {
      out.println("It needs " + String.join(", ", offer.needs()) + ".");
    }
    out.println();
    for (Setting setting : Offers.settings(offer)) {
      row("--" + setting.name().replaceFirst("\\.", " ") + "=VALUE", sentence(setting));
    }
    if (offer.options().isEmpty()) {
      out.println("It cannot be told anything.");
    }
  }

  private static String title(Setting setting) {
    return setting.name().equals("jar")
        ? setting.kind().label()
        : "--" + setting.name() + " " + setting.kind().label();
  }

  private static String sentence(Setting setting) {
    return setting.about() + (setting.usual().isEmpty() ? "" : " (" + setting.usual() + ")");
  }

  /** A name, and below it, further in, what it is: sentences are longer than half a line. */
  private void row(String name, String sentence) {
    out.println("  " + name);
    out.println("      " + sentence);
  }
}
