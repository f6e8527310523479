package examples.acceptlab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** One short connection: connect, one line, the answer, close. */
final class Client {

  private static final int PATIENCE_MILLIS = 30_000;
  private static final String BEGUN = " begun";

  private Client() {}

  static Answer ask(int port, String line) {
    return ask(port, line, pid -> {});
  }

  /**
   * Asks and waits for the answer, or for the end.
   *
   * @param begun is told the pid as soon as a process says that it has begun
   */
  static Answer ask(int port, String line, LongConsumer begun) {
    OptionalLong begunBy = OptionalLong.empty();
    long since = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.getOutputStream().write((line + "\n").getBytes(ISO_8859_1));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      String said = line(in);
      if (said.endsWith(BEGUN)) {
        begunBy = OptionalLong.of(pid(said));
        begun.accept(begunBy.getAsLong());
        said = line(in);
      }
      return new Answer.Served(pid(said), System.nanoTime() - since, line);
    } catch (IOException e) {
      return new Answer.Lost(begunBy, String.valueOf(e.getMessage()));
    }
  }

  private static String line(BufferedReader in) throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new EOFException("closed before the answer");
    }
    return line;
  }

  private static long pid(String answer) {
    return Long.parseLong(answer.substring(0, answer.indexOf(' ')));
  }
}
