package spyglass.http;

/** What a parser can say after it was fed: one of these, and a switch needs no default. */
public sealed interface Parsed permits Parsed.More, Head, Refused, Hangup {

  /** So far so good, but the message goes on. */
  record More() implements Parsed {

    /** The one value of this type. */
    public static final More MORE = new More();
  }
}
