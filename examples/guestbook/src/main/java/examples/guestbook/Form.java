package examples.guestbook;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import spyglass.http.Request;

/** The two fields of the form, as a visitor filled them in. */
record Form(String name, String words) {

  static final Form BLANK = new Form("", "");

  /** As the page tells the browser, which counts as Java does, in UTF-16. */
  static final int LONGEST_NAME = 60;

  static final int LONGEST_WORDS = 1_000;

  /** Both fields at their longest are under 10,000 bytes even when each is a percent code. */
  private static final int MOST_BYTES = 16 * 1024;

  /** What became of a post: a visitor's mistake is a value like any other. */
  sealed interface Posted {

    /** An entry to keep. */
    record Taken(Form form) implements Posted {}

    /** What to tell the visitor, and the fields to show again so that no word is lost. */
    record Refused(int status, String why, Form form) implements Posted {}
  }

  /** Reads and checks what was posted. */
  static Posted read(Request request) throws IOException {
    String type = request.headers().first("Content-Type").orElse("");
    if (!type.split(";", -1)[0].strip().equalsIgnoreCase("application/x-www-form-urlencoded")) {
      return new Posted.Refused(415, "Please use the form on this page.", BLANK);
    }
    // One byte more than allowed is enough to know; the rest need never be in memory.
    byte[] body = request.body().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      return new Posted.Refused(413, "That is more than fits in this guestbook.", BLANK);
    }
    try {
      return parse(new String(body, StandardCharsets.UTF_8)).checked();
    } catch (IllegalArgumentException e) {
      return new Posted.Refused(400, "Your browser sent what is no form.", BLANK);
    }
  }

  private static Form parse(String body) {
    Form form = BLANK;
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
      form =
          switch (equals < 0 ? "" : pair.substring(0, equals)) {
            case "name" -> new Form(tidy(value).replace('\n', ' '), form.words);
            case "words" -> new Form(form.name, tidy(value));
            default -> form;
          };
    }
    return form;
  }

  /** Line ends as one character, other control characters gone, no blanks around. */
  private static String tidy(String value) {
    return value.replace("\r\n", "\n").replaceAll("[\\p{Cntrl}&&[^\n]]", " ").strip();
  }

  private Posted checked() {
    if (name.isEmpty() || words.isEmpty()) {
      return refused("A name and a few words are needed.");
    }
    if (name.length() > LONGEST_NAME) {
      return refused("A name may have up to " + LONGEST_NAME + " characters.");
    }
    if (words.length() > LONGEST_WORDS) {
      return refused("An entry may have up to " + LONGEST_WORDS + " characters.");
    }
    return new Posted.Taken(this);
  }

  private Posted refused(String why) {
    return new Posted.Refused(400, why, this);
  }
}
