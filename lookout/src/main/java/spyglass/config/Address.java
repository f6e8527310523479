package spyglass.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where to listen: {@code host} and {@code port}, or {@code listen}, which can say more. */
public final class Address {

  /**
   * The kernel keeps 108 bytes, one of them for a NUL (unix(7)); the JDK leaves out another.
   */
  private static final int LONGEST_PATH = 106;

  private static final Pattern TCP =
      Pattern.compile(
          "(?:(?:\\[(?<v6>[^\\[\\]]*:[^\\[\\]]*)]|(?<host>[^:\\[\\]]+)):)?(?<port>[0-9]+)");

  private final Configuration from;
  private final Said listen;

  private Address(Configuration from) {
    this.from = from;
    this.listen = from.said("listen");
  }

  /** What a configuration says. Whether it is an address of this machine is not known yet. */
  public static Endpoint of(Configuration configuration) throws Misuse {
    return new Address(configuration).endpoint();
  }

  /** Where to answer Prometheus, if anywhere; a port alone is one of this machine's own address. */
  public static Optional<Endpoint.Tcp> metrics(Configuration configuration) throws Misuse {
    Said metrics = configuration.said("metrics");
    return metrics.text().isEmpty()
        ? Optional.empty()
        : Optional.of(tcp(metrics, "127.0.0.1", "give a port, 127.0.0.1:9464 or [::1]:9464"));
  }

  private Endpoint endpoint() throws Misuse {
    if (listen.text().startsWith(Paths.UNIX)) {
      // The owner and the group, for a proxy that was put into the group. Not everybody, as for a
      // port: a socket's file is the one kind of door here that can be closed to the other users of
      // the machine, and those would go round the proxy, or with --trust unix speak in its name.
      return new Endpoint.Unix(path(), permissions(from.said("listen-mode")));
    }
    for (String name : List.of("listen-mode", "listen-group")) {
      if (from.isSet(name)) {
        throw new Misuse(from.said(name).culprit() + ": it is for --listen unix:PATH only");
      }
    }
    String remedy = "give a port, 127.0.0.1:4222, [::1]:4222, or unix: and the path of a socket";
    return from.isSet("listen")
        ? tcp(listen, Catalogue.get("host").usual(), remedy)
        : hostAndPort();
  }

  private Endpoint hostAndPort() {
    String host = from.text("host");
    int port = (int) from.number("port");
    return new Endpoint.Tcp(host, port, from.said("host").culprit(), from.said("port").culprit());
  }

  private static Endpoint.Tcp tcp(Said said, String usualHost, String remedy) throws Misuse {
    Matcher parts = TCP.matcher(said.text());
    String given = said.culprit();
    if (!parts.matches()) {
      throw new Misuse(given + ": " + remedy);
    }
    String port = parts.group("port");
    Kind kind = Catalogue.get("port").kind();
    if (kind.remedy(port).isPresent()) {
      throw new Misuse(given + ": port " + port + ": " + kind.remedy(port).get());
    }
    String v6 = parts.group("v6");
    String name = v6 != null ? v6 : parts.group("host");
    String host = name == null ? usualHost : name;
    return new Endpoint.Tcp(host, (int) kind.number(port), given, given);
  }

  private Path path() throws Misuse {
    String path = listen.text().substring(Paths.UNIX.length());
    int length = path.getBytes(StandardCharsets.UTF_8).length;
    if (path.isEmpty()) {
      throw new Misuse(listen.culprit() + " names no file: give a path, like unix:/run/app.sock");
    }
    if (length > LONGEST_PATH) {
      throw new Misuse(
          (listen.culprit() + " is a path of " + length + " bytes, and a socket's has at most ")
              + (LONGEST_PATH + ": choose a shorter one, or one from the working folder"));
    }
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new Misuse(listen.culprit() + " is no path: " + e.getReason());
    }
  }

  private static int permissions(Said octal) throws Misuse {
    if (!octal.text().matches("0?[0-7]{3}")) {
      throw new Misuse(octal.culprit() + ": give three octal digits, like 660");
    }
    return Integer.parseInt(octal.text(), 8);
  }
}
