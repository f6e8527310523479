package measure.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** What every server answers, ours among them. */
public final class Answers {

  /** What is answered unless something else is asked for. */
  private static final String HELLO = "Hello, world!";

  /** The path of the long answer. */
  public static final String LONG_PATH = "/10k";

  private static final int LONG = 10_000;

  private Answers() {}

  /** The 13 bytes, or the ten thousand. A new array, as it would be made of something new. */
  public static byte[] to(String path) {
    return path.equals(LONG_PATH) ? "x".repeat(LONG).getBytes(US_ASCII) : HELLO.getBytes(US_ASCII);
  }

  /** The answer to a POST of so many bytes. */
  public static byte[] toPost(long bytes) {
    return (bytes + " bytes\n").getBytes(US_ASCII);
  }
}
