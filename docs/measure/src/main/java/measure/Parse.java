package measure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import spyglass.http.Head;
import spyglass.http.HttpParser;
import spyglass.http.Limits;

/** What it costs to make a request out of 400 bytes, its framing included. */
final class Parse implements Program {

  private static final String TASK = "a GET of 400 bytes";
  private static final int REQUESTS = 200_000;

  @Override
  public String name() {
    return "parse";
  }

  @Override
  public void measure(Bench bench, Results results) {
    byte[] request = request();
    int requests = bench.count(REQUESTS, 1000);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    parse(request, requests);
    int rounds = bench.rounds(11);
    for (int round = 1; round <= rounds; round++) {
      bench.say("parse " + round + "/" + rounds);
      long before = threads.getCurrentThreadAllocatedBytes();
      long begun = System.nanoTime();
      parse(request, requests);
      double nanos = System.nanoTime() - begun;
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      results.add(TASK, Subject.SPYGLASS, "us", nanos / requests / 1000);
      results.add(TASK, Subject.SPYGLASS, "bytes of heap", bytes / (double) requests);
    }
  }

  /** One parser for many requests, as on a connection that is kept. */
  private static void parse(byte[] request, int times) {
    HttpParser parser = new HttpParser(Limits.DEFAULT);
    ByteBuffer in = ByteBuffer.wrap(request);
    for (int i = 0; i < times; i++) {
      if (!(parser.parse(in.clear()) instanceof Head)) {
        throw new IllegalStateException("this is a legal request");
      }
    }
  }

  private static byte[] request() {
    String head =
        """
        GET /articles/2026/11/a-server-that-sleeps?from=feed HTTP/1.1
        Host: www.example.org
        User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
        Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
        Accept-Language: en-GB,en;q=0.5
        Accept-Encoding: gzip, deflate, br
        Cookie: session=\
        """
            .replace("\n", "\r\n");
    String end = "\r\n\r\n";
    return (head + "c".repeat(400 - head.length() - end.length()) + end).getBytes(US_ASCII);
  }
}
