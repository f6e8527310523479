package spyglass.lookout;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to listen: {@code --host} and {@code --port}, or {@code --listen}, which can say more. */
final class ListenOptions {

  private static final String HOST = "0.0.0.0";
  private static final String PORT = "4222";
  private static final String UNIX = "unix:";

  /**
   * The owner and the group, for a proxy that was put into the group. Not everybody, as for a port:
   * a socket's file is the one kind of door here that can be closed to the other users of the machine,
   * and those would go round the proxy, or with {@code --trust unix} speak in its name.
   */
  private static final String MODE = "660";

  /** The kernel keeps 108 bytes, one of them for a NUL (unix(7)); the JDK leaves out another. */
  private static final int LONGEST_PATH = 106;

  private static final Pattern TCP =
      Pattern.compile(
          "(?:(?:\\[(?<v6>[^\\[\\]]*:[^\\[\\]]*)]|(?<host>[^:\\[\\]]+)):)?(?<port>[0-9]+)");

  @Option(
      names = "--port",
      description = "Port to listen on; 0 takes any free one and prints it. (" + PORT + ")")
  private @Nullable String port;

  @Option(names = "--host", description = "Address to listen on. (" + HOST + ")")
  private @Nullable String host;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description =
          "The two in one: 4222, 127.0.0.1:4222 or [::1]:4222; or a Unix socket:"
              + " unix:/run/app/app.sock.")
  private @Nullable String listen;

  @Option(
      names = "--listen-mode",
      paramLabel = "OCTAL",
      description = "Permissions of a Unix socket's file. (" + MODE + ")")
  private @Nullable String mode;

  ListenOptions() {}

  Endpoint checked() throws Misuse {
    if (listen != null && (host != null || port != null)) {
      String other = host != null ? "--host" : "--port";
      throw new Misuse("--listen " + listen + " and " + other + ": give one or the other");
    }
    if (listen != null && listen.startsWith(UNIX)) {
      return new Endpoint.Unix(path(listen), permissions(mode == null ? MODE : mode));
    }
    if (mode != null) {
      throw new Misuse("--listen-mode " + mode + ": it is for --listen unix:PATH only");
    }
    return listen == null ? hostAndPort() : tcp(listen);
  }

  private Endpoint hostAndPort() throws Misuse {
    String named = host == null ? HOST : host;
    int number = Numbers.between("--port", port == null ? PORT : port, 0, 65_535);
    return new Endpoint.Tcp(named, number, "--host " + named, "--port " + number);
  }

  private static Endpoint tcp(String text) throws Misuse {
    Matcher parts = TCP.matcher(text);
    String given = "--listen " + text;
    if (!parts.matches()) {
      throw new Misuse(
          given + ": give a port, 127.0.0.1:4222, [::1]:4222, or unix: and the path of a socket");
    }
    String v6 = parts.group("v6");
    String name = v6 != null ? v6 : parts.group("host");
    int number = Numbers.between(given + ": port", parts.group("port"), 0, 65_535);
    return new Endpoint.Tcp(name == null ? HOST : name, number, given, given);
  }

  private static Path path(String text) throws Misuse {
    String path = text.substring(UNIX.length());
    int length = path.getBytes(StandardCharsets.UTF_8).length;
    if (path.isEmpty()) {
      throw new Misuse("--listen unix: names no file: give a path, like unix:/run/app.sock");
    }
    if (length > LONGEST_PATH) {
      throw new Misuse(
          ("--listen " + text + " is a path of " + length + " bytes, and a socket's has at most ")
              + (LONGEST_PATH + ": choose a shorter one, or one from the working folder"));
    }
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new Misuse("--listen " + text + " is no path: " + e.getReason());
    }
  }

  private static int permissions(String octal) throws Misuse {
    if (!octal.matches("0?[0-7]{3}")) {
      throw new Misuse("--listen-mode " + octal + ": give three octal digits, like " + MODE);
    }
    return Integer.parseInt(octal, 8);
  }
}
