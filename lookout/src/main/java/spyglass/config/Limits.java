package spyglass.config;

import java.util.List;

/**
 * How much a client may ask for and how long it may take: what a worker is told under the same names.
 * Whoever exceeds a limit is refused with a status, or where there is nobody to tell, disconnected.
 */
final class Limits {

  /** More seconds than any client should be given. */
  private static final int DAY = 86_400;

  /** Of something that is held in memory: from where it makes sense up to 16 MiB. */
  private static final Kind SIZE = new Kind.Size(64, 16 << 20, "give from 64 bytes to 16MiB");

  private static final Kind ANY_SIZE = new Kind.Size(0, Long.MAX_VALUE, "");

  private Limits() {}

  /** All of them, in the order in which one wants to read them. */
  static List<Setting> all() {
    return List.of(
        new Setting(
            Topic.HTTP,
            "max-request-line",
            "8KiB",
            SIZE,
            "Method, target and version; beyond: 414."),
        new Setting(
            Topic.HTTP, "max-fields", "100", upTo(10_000), "Field lines of a head; beyond: 431."),
        new Setting(Topic.HTTP, "max-head", "32KiB", SIZE, "All of a head; beyond: 431."),
        new Setting(Topic.HTTP, "max-body", "64MiB", ANY_SIZE, "A request's body; beyond: 413."),
        new Setting(
            Topic.HTTP,
            "max-chunk-line",
            "1KiB",
            SIZE,
            "A chunk's size with its extensions; beyond: 400."),
        new Setting(
            Topic.HTTP,
            "max-skipped",
            "256KiB",
            SIZE,
            "Of a body the app left unread; beyond: closed."),
        new Setting(
            Topic.HTTP,
            "max-buffered",
            "32MiB",
            ANY_SIZE,
            "Of requests not whole yet, all clients of a worker together; beyond: 503."),
        new Setting(
            Topic.PROTOCOLS,
            "max-message",
            "64KiB",
            SIZE,
            "Bytes that a protocol other than HTTP may leave waiting for the rest of a message;"
                + " beyond: closed."),
        new Setting(
            Topic.PROTOCOLS,
            "max-outbox",
            "64KiB",
            SIZE,
            "Bytes that wait for one client of such a protocol to take them; beyond: whoever"
                + " writes waits."),
        new Setting(
            Topic.PROTOCOLS,
            "queue",
            "1024",
            upTo(1_000_000),
            "Messages of such a protocol that may wait for a thread; beyond: nothing more is"
                + " read."),
        new Setting(
            Topic.LIMITS,
            "max-connections",
            "10000",
            upTo(1_000_000),
            "For each worker; the others wait in the backlog."),
        new Setting(
            Topic.HTTP,
            "requests-per-connection",
            "10000",
            upTo(1_000_000_000),
            "Then it is closed in order."),
        new Setting(
            Topic.LIMITS,
            "first-byte-timeout",
            "10",
            upTo(DAY),
            "Seconds for a new connection to say anything."),
        new Setting(
            Topic.HTTP,
            "head-timeout",
            "20",
            upTo(DAY),
            "Seconds for a head from first to last byte; beyond: 408."),
        new Setting(
            Topic.HTTP,
            "keep-alive",
            "60",
            upTo(DAY),
            "Seconds a connection may be silent between requests."),
        new Setting(
            Topic.LIMITS,
            "stall-timeout",
            "30",
            upTo(DAY),
            "Seconds a body, or the reader of an answer, may stand still."),
        new Setting(
            Topic.HTTP,
            "request-timeout",
            "300",
            new Kind.Whole(0, DAY),
            "Seconds for the app, from a request to the first byte of its answer; beyond: 503; 0"
                + " for any time."),
        new Setting(
            Topic.LIMITS,
            "least-rate",
            "240",
            new Kind.Whole(0, 1 << 30),
            "Bytes a second at which a body must come, and an answer be taken, once it has taken"
                + " longer than --stall-timeout; 0 for any."));
  }

  private static Kind upTo(long most) {
    return new Kind.Whole(1, most);
  }
}
