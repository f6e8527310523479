package spyglass.lookout;

import spyglass.config.Configuration;
import spyglass.config.JvmVariables;
import spyglass.config.Misuse;
import spyglass.http.proxy.Trust;
import spyglass.worker.Accept;
import spyglass.worker.WorkerMain;

/**
 * What a server serves.
 *
 * @param name an app's class, or a protocol by its name
 * @param jars where it is
 * @param single whether there must never be two of it at once
 */
record Served(String name, Jars jars, boolean single) {

  static final String NO_JAR =
      "name one jar to serve: spyglass [options] app.jar (--help lists them)";

  /** Checks, before anything listens, all that the jars and what is said of them can get wrong. */
  static Served check(Configuration options, JvmVariables variables) throws Misuse {
    boolean http = options.text("protocol").equals(WorkerMain.HTTP);
    if (options.find("jar").filter(jar -> !jar.isBlank()).isEmpty()
        && (http || options.find("lib").isEmpty())) {
      throw new Misuse(NO_JAR);
    }
    checkTrust(options);
    if (http) {
      checkHttp(options);
    } else {
      checkOther(options);
    }
    JavaOptions.check(options, variables);
    Jars jars = Jars.of(options);
    Offers offers = Offers.of(jars);
    offers.checkTold(options);
    Served served = http ? app(options, jars) : protocol(options, jars, offers);
    if (served.single) {
      checkSingle(options);
    }
    return served;
  }

  private static Served app(Configuration options, Jars jars) throws Misuse {
    AppJar jar = new AppJar(jars.app().orElseThrow(() -> new Misuse(NO_JAR)));
    AppJar.Found app = jar.app(options.find("app").orElse(null));
    return new Served(app.name(), jars, app.single());
  }

  private static Served protocol(Configuration options, Jars jars, Offers offers) throws Misuse {
    ProtocolJar.Offer offer = offers.checkChoice(options.said("protocol"));
    return new Served(offer.name(), jars, offer.single());
  }

  /** Unless told, there are as many workers as make sense, which is one here. */
  private static void checkSingle(Configuration options) throws Misuse {
    if (options.isSet("workers") && options.number("workers") > 1) {
      throw new Misuse(
          options.said("workers").culprit()
              + ": this app says that it must be alone (@Single): leave it out");
    }
    if (options.text("accept").equals(Accept.SPAWN.word())) {
      throw new Misuse(
          options.said("accept").culprit()
              + ": this app says that it must be alone (@Single), and spawn makes a process for each"
              + " connection: use shared or pass");
    }
  }

  /** How many workers there are to be. */
  long workers(Configuration options) {
    return single ? 1 : options.number("workers");
  }

  private static void checkTrust(Configuration options) throws Misuse {
    try {
      if (options.find("trust").isPresent()) {
        Trust.parse(options.text("trust"));
      }
    } catch (IllegalArgumentException e) {
      throw new Misuse(options.said("trust").culprit() + ": " + e.getMessage());
    }
  }

  private static void checkHttp(Configuration options) throws Misuse {
    if (options.text("accept").equals(Accept.SPAWN.word())) {
      throw new Misuse(
          options.said("accept").culprit()
              + ": HTTP clients open connections faster than a JVM starts: use shared or pass, or"
              + " another --protocol");
    }
    if (!options.text("probe").isEmpty() && !options.text("probe").matches("/[!-~&&[^?#]]*")) {
      throw new Misuse(
          options.said("probe").culprit()
              + ": a path begins with a slash and holds no blanks and no query: give one such as"
              + " /healthz");
    }
  }

  private static void checkOther(Configuration options) throws Misuse {
    String why = ": that is for HTTP, and the protocol is " + options.text("protocol");
    if (options.find("trust").isPresent()) {
      throw new Misuse(options.said("trust").culprit() + why + ": leave it out");
    }
    if (options.isOn("proxy-protocol")) {
      throw new Misuse(options.said("proxy-protocol").culprit() + why + ": leave it out");
    }
    if (!options.text("probe").isEmpty()) {
      throw new Misuse(options.said("probe").culprit() + why + ": leave it out");
    }
  }
}
