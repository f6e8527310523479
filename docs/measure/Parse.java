import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import spyglass.http.Head;
import spyglass.http.HttpParser;
import spyglass.http.Limits;

/**
 * Measures what it costs to make a request out of 400 bytes, its framing included: nanoseconds and
 * bytes of heap. The best of nine rounds, because what disturbs can only make it slower.
 *
 * <p>{@code java -cp 'lookout/target/lib/*' docs/measure/Parse.java} in a checkout that is built; needs
 * JDK 25. Another build's jars on the class path tell what a change has cost.
 */
final class Parse {

  private static final int ROUNDS = 9;
  private static final int REQUESTS = 200_000;

  public static void main(String[] args) {
    byte[] request = request();
    long[] nanos = new long[ROUNDS];
    long bytes = 0;
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long begun = System.nanoTime();
      parse(request);
      nanos[round] = (System.nanoTime() - begun) / REQUESTS;
      bytes = (threads.getCurrentThreadAllocatedBytes() - before) / REQUESTS;
      System.err.printf("round %d of %d: %d ns%n", round + 1, ROUNDS, nanos[round]);
    }
    Arrays.sort(nanos);
    System.out.printf("%d bytes: %d ns, %d bytes of heap%n", request.length, nanos[0], bytes);
  }

  /** One parser for many requests, as on a connection that is kept. */
  private static void parse(byte[] request) {
    HttpParser parser = new HttpParser(Limits.DEFAULT);
    ByteBuffer in = ByteBuffer.wrap(request);
    for (int i = 0; i < REQUESTS; i++) {
      if (!(parser.parse(in.clear()) instanceof Head)) {
        throw new IllegalStateException("this is a legal request");
      }
    }
  }

  private static byte[] request() {
    String head =
        "GET /articles/2026/11/a-server-that-sleeps?from=feed HTTP/1.1\r\n"
            + "Host: www.example.org\r\n"
            + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
            + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
            + "Accept-Language: en-GB,en;q=0.5\r\n"
            + "Accept-Encoding: gzip, deflate, br\r\n"
            + "Cookie: session=";
    String end = "\r\n\r\n";
    String cookie = "c".repeat(400 - head.length() - end.length());
    return (head + cookie + end).getBytes(StandardCharsets.US_ASCII);
  }
}
