package spyglass.lookout;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * How much a client may ask for and how long it may take: what a worker is told under the same names.
 * Whoever exceeds a limit is refused with a status, or where there is nobody to tell, disconnected.
 */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LimitOptions {

  /** A day: more seconds than any client should be given. */
  private static final int DAY = 86_400;

  @Option(
      names = "--max-request-line",
      defaultValue = "8KiB",
      description = "Method, target and version; beyond: 414. (${DEFAULT-VALUE})")
  private String maxRequestLine;

  @Option(
      names = "--max-fields",
      defaultValue = "100",
      description = "Field lines of a head; beyond: 431. (${DEFAULT-VALUE})")
  private String maxFields;

  @Option(
      names = "--max-head",
      defaultValue = "32KiB",
      description = "All of a head; beyond: 431. (${DEFAULT-VALUE})")
  private String maxHead;

  @Option(
      names = "--max-body",
      defaultValue = "64MiB",
      description = "A request's body; beyond: 413. (${DEFAULT-VALUE})")
  private String maxBody;

  @Option(
      names = "--max-chunk-line",
      defaultValue = "1KiB",
      description = "A chunk's size with its extensions; beyond: 400. (${DEFAULT-VALUE})")
  private String maxChunkLine;

  @Option(
      names = "--max-skipped",
      defaultValue = "256KiB",
      description = "Of a body the app left unread; beyond: closed. (${DEFAULT-VALUE})")
  private String maxSkipped;

  @Option(
      names = "--max-buffered",
      defaultValue = "32MiB",
      description =
          "Of requests not whole yet, all clients of a worker together; beyond: 503."
              + " (${DEFAULT-VALUE})")
  private String maxBuffered;

  @Option(
      names = "--max-message",
      defaultValue = "64KiB",
      description =
          "Bytes that a protocol other than HTTP may leave waiting for the rest of a message;"
              + " beyond: closed. (${DEFAULT-VALUE})")
  private String maxMessage;

  @Option(
      names = "--max-outbox",
      defaultValue = "64KiB",
      description =
          "Bytes that wait for one client of such a protocol to take them; beyond: whoever writes"
              + " waits. (${DEFAULT-VALUE})")
  private String maxOutbox;

  @Option(
      names = "--queue",
      defaultValue = "1024",
      description =
          "Messages of such a protocol that may wait for a thread; beyond: nothing more is read."
              + " (${DEFAULT-VALUE})")
  private String queue;

  @Option(
      names = "--max-connections",
      defaultValue = "10000",
      description = "For each worker; the others wait in the backlog. (${DEFAULT-VALUE})")
  private String maxConnections;

  @Option(
      names = "--requests-per-connection",
      defaultValue = "10000",
      description = "Then it is closed in order. (${DEFAULT-VALUE})")
  private String requestsPerConnection;

  @Option(
      names = "--first-byte-timeout",
      defaultValue = "10",
      description = "Seconds for a new connection to say anything. (${DEFAULT-VALUE})")
  private String firstByte;

  @Option(
      names = "--head-timeout",
      defaultValue = "20",
      description = "Seconds for a head from first to last byte; beyond: 408. (${DEFAULT-VALUE})")
  private String head;

  @Option(
      names = "--keep-alive",
      defaultValue = "60",
      description = "Seconds a connection may be silent between requests. (${DEFAULT-VALUE})")
  private String keepAlive;

  @Option(
      names = "--stall-timeout",
      defaultValue = "30",
      description =
          "Seconds a body, or the reader of an answer, may stand still. (${DEFAULT-VALUE})")
  private String stall;

  @Option(
      names = "--request-timeout",
      defaultValue = "300",
      description =
          "Seconds for the app, from a request to the first byte of its answer; beyond: 503; 0 for"
              + " any time. (${DEFAULT-VALUE})")
  private String request;

  @Option(
      names = "--least-rate",
      defaultValue = "240",
      description =
          "Bytes a second at which a body must come, and an answer be taken, once it has"
              + " taken longer than --stall-timeout; 0 for any. (${DEFAULT-VALUE})")
  private String leastRate;

  /** All of them, by name, in bytes, seconds or pieces. */
  Map<String, Long> checked() throws Misuse {
    Map<String, Long> limits = new LinkedHashMap<>();
    limits.put("max-request-line", size("--max-request-line", maxRequestLine));
    limits.put("max-fields", number("--max-fields", maxFields, 10_000));
    limits.put("max-head", size("--max-head", maxHead));
    limits.put("max-body", Numbers.bytes("--max-body", maxBody));
    limits.put("max-chunk-line", size("--max-chunk-line", maxChunkLine));
    limits.put("max-skipped", size("--max-skipped", maxSkipped));
    limits.put("max-buffered", Numbers.bytes("--max-buffered", maxBuffered));
    limits.put("max-message", size("--max-message", maxMessage));
    limits.put("max-outbox", size("--max-outbox", maxOutbox));
    limits.put("queue", number("--queue", queue, 1_000_000));
    limits.put("max-connections", number("--max-connections", maxConnections, 1_000_000));
    limits.put(
        "requests-per-connection",
        number("--requests-per-connection", requestsPerConnection, 1_000_000_000));
    limits.put("first-byte-timeout", number("--first-byte-timeout", firstByte, DAY));
    limits.put("head-timeout", number("--head-timeout", head, DAY));
    limits.put("keep-alive", number("--keep-alive", keepAlive, DAY));
    limits.put("stall-timeout", number("--stall-timeout", stall, DAY));
    limits.put("request-timeout", (long) Numbers.between("--request-timeout", request, 0, DAY));
    limits.put("least-rate", (long) Numbers.between("--least-rate", leastRate, 0, 1 << 30));
    return limits;
  }

  private static long number(String option, String text, int most) throws Misuse {
    return Numbers.between(option, text, 1, most);
  }

  /** A size of something that is held in memory: from where it makes sense up to 16 MiB. */
  private static long size(String option, String text) throws Misuse {
    long bytes = Numbers.bytes(option, text);
    if (bytes < 64 || bytes > 16 << 20) {
      throw new Misuse(option + " " + text + ": give from 64 bytes to 16MiB");
    }
    return bytes;
  }
}
