package examples.dmq.channel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client calls a queue: a channel's name, or {@code subscriber@channel}. The subscriber may have an
 * empty name.
 *
 * @param text all of it
 * @param subscriber the part before the @, if there is one
 * @param channel letters, digits, _ and -
 */
public record Name(String text, Optional<String> subscriber, String channel) {

  private static final Pattern FORM =
      Pattern.compile("(?:([A-Za-z0-9_-]{0,100})@)?([A-Za-z0-9_-]{1,100})");

  /** Reads one. */
  public static Name parse(String text) throws RefusedException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new RefusedException(
          Status.BAD, "a name is CHANNEL or SUBSCRIBER@CHANNEL: 1 to 100 letters, digits, _ and -");
    }
    return new Name(text, Optional.ofNullable(matcher.group(1)), matcher.group(2));
  }

  /** Reads one that must be a channel's, because all of its subscribers are meant. */
  public static String channel(String text) throws RefusedException {
    return parse(text).onlyChannel();
  }

  /** The channel's name; refused when it is one of its subscribers'. */
  public String onlyChannel() throws RefusedException {
    if (subscriber.isPresent()) {
      throw new RefusedException(Status.BAD, "push to the channel, not to one of its subscribers");
    }
    return channel;
  }

  /** Who takes by this name: whoever gives no subscriber's is the one with the empty name. */
  public String taker() {
    return subscriber.orElse("");
  }
}
