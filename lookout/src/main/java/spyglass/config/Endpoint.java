package spyglass.config;

import java.nio.file.Path;

/** Where to listen. */
public sealed interface Endpoint {

  /**
   * A port.
   *
   * @param host a name or address of this machine
   * @param port 0 to 65535; 0 lets the kernel choose
   * @param hostAsGiven the option that named the host, for messages
   * @param portAsGiven the option that named the port, for messages
   */
  record Tcp(String host, int port, String hostAsGiven, String portAsGiven) implements Endpoint {}

  /**
   * A Unix domain socket: a name in the file system at which processes of this machine meet (unix(7)).
   *
   * @param path the file that will stand for the socket
   * @param mode who may connect, as permissions of that file: write is what counts
   */
  record Unix(Path path, int mode) implements Endpoint {}
}
