package spyglass.lookout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Checks, before anything listens, that the protocol is there, all that it needs, and what it is told. */
final class ProtocolChoice {

  private final Map<String, ProtocolJar.Offer> offers = new TreeMap<>();

  private ProtocolChoice(Options options) throws Misuse {
    for (ProtocolJar.Offer offer : ProtocolJar.offers(options.jar())) {
      offers.put(offer.name(), offer);
    }
    if (offers.isEmpty()) {
      throw new Misuse(
          options.jar() + " brings no protocol: leave --protocol out, or name a jar that does");
    }
  }

  static void check(Options options) throws Misuse {
    ProtocolChoice choice = new ProtocolChoice(options);
    choice.find(options.protocol(), List.of());
    for (String told : options.protocolOptions().keySet()) {
      choice.checkTold(told);
    }
  }

  private void find(String name, List<String> waiting) throws Misuse {
    List<String> path = new ArrayList<>(waiting);
    path.add(name);
    String chain = String.join(" needs ", path);
    if (waiting.contains(name)) {
      throw new Misuse("--protocol " + waiting.getFirst() + ": " + chain + ": break the circle");
    }
    ProtocolJar.Offer offer = offers.get(name);
    if (offer == null) {
      throw new Misuse(
          "--protocol "
              + chain
              + ", which no jar brings: there is "
              + String.join(", ", offers.keySet()));
    }
    for (String need : offer.needs()) {
      find(need, path);
    }
  }

  private void checkTold(String told) throws Misuse {
    Stream<String> known =
        offers.values().stream()
            .flatMap(offer ->
                offer.options().stream().map(option -> offer.name() + "." + option.name()));
    List<String> names = known.toList();
    if (!names.contains(told)) {
      throw new Misuse(
          "--option "
              + told
              + ": no such option"
              + Spelling.nearest(told, names.stream())
                  .map(name -> ": did you mean " + name + "?")
                  .orElse(": there is " + String.join(", ", names)));
    }
  }
}
