package measure;

import java.util.Locale;

/**
 * A kind of load.
 *
 * @param name what the tables call it
 * @param request what each client says, in ASCII
 * @param keepsAlive whether a connection is used again
 * @param connections how many there are at any time
 */
record Work(String name, String request, boolean keepsAlive, int connections) {

  private static final int POSTED = 1000;

  static Work get(String path, String what, boolean keepsAlive, int connections) {
    String request = "GET " + path + " HTTP/1.1\r\n" + fields(keepsAlive) + "\r\n";
    return of(what, request, keepsAlive, connections);
  }

  static Work post(int connections) {
    String length = "Content-Length: " + POSTED + "\r\n";
    String head = "POST / HTTP/1.1\r\n" + fields(true) + length + "\r\n";
    return of("POST of 1 kB", head + "x".repeat(POSTED), true, connections);
  }

  /** The request as it is sent. */
  byte[] bytes() {
    return request.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  private static String fields(boolean keepsAlive) {
    return "Host: 127.0.0.1\r\n" + (keepsAlive ? "" : "Connection: close\r\n");
  }

  private static Work of(String what, String request, boolean keepsAlive, int connections) {
    String kind = keepsAlive ? "keep-alive" : "close";
    String name =
        what + ", " + kind + ", " + String.format(Locale.ROOT, "%,d connections", connections);
    return new Work(name, request, keepsAlive, connections);
  }
}
