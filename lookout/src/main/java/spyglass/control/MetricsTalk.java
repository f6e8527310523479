package spyglass.control;

import java.nio.charset.StandardCharsets;

/**
 * One request of Prometheus, in as much HTTP as that takes: GET of one path, one answer, closed. What the
 * request's fields say is read and means nothing here.
 */
public final class MetricsTalk implements Conversation {

  private static final String PATH = "/metrics";
  private static final int MOST_FIELDS = 100;

  private final Talk talk;
  private final Hub hub;
  private String request = "";
  private int fields;
  private boolean whole;

  private MetricsTalk(Talk talk, Hub hub) {
    this.talk = talk;
    this.hub = hub;
  }

  /** Receives whoever comes through the metrics' door. */
  public static Door.Host host(Hub hub) {
    return talk -> talk.about(new MetricsTalk(talk, hub));
  }

  @Override
  public void heard(String line) {
    if (whole) {
      // A second request: there is one answer, and it says that it is the last.
      return;
    }
    if (request.isEmpty()) {
      // An empty line before the request is allowed (RFC 9112 section 2.2), and ends nothing.
      request = line;
    } else if (line.isEmpty()) {
      answer();
    } else {
      fields++;
      if (fields > MOST_FIELDS) {
        refuse("431 Request Header Fields Too Large", "too many fields", "");
      }
    }
  }

  private void answer() {
    whole = true;
    talk.within(Talk.PATIENCE_MILLIS);
    String[] words = request.split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      refuse("400 Bad Request", "that is no HTTP", "");
    } else if (!words[1].replaceFirst("\\?.*", "").equals(PATH)) {
      refuse("404 Not Found", "there is only " + PATH, "");
    } else if (!words[0].equals("GET")) {
      refuse("405 Method Not Allowed", "there is only GET", "Allow: GET\r\n");
    } else {
      hub.figures(this::page);
    }
  }

  private void page(String figures) {
    talk.leave(http("200 OK", Prometheus.CONTENT_TYPE, "", Prometheus.text(figures)));
  }

  private void refuse(String status, String why, String field) {
    talk.leave(http(status, "text/plain; charset=utf-8", field, why + "\n"));
  }

  private static String http(String status, String type, String field, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return ("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n" + field)
        + ("Content-Length: " + length + "\r\nConnection: close\r\n\r\n" + body);
  }

  /** He may still listen for the answer; if he has not asked yet, he never will. */
  @Override
  public void ended() {
    if (request.isEmpty()) {
      talk.close();
    }
  }

  @Override
  public void overdue() {
    talk.close();
  }
}
