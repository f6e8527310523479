package examples.pubsub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.Consumer;
import spyglass.protocol.Lines;
import spyglass.protocol.Link;
import spyglass.protocol.Message;
import spyglass.protocol.ProtocolException;
import spyglass.protocol.ProtocolHandler;

/**
 * What is said over one connection. Every line gets an answer that begins with OK or ERR. Texts are
 * read as ISO 8859-1, in which every byte is a character, so they arrive as they were sent.
 */
final class Conversation implements ProtocolHandler {

  private static final String HELP =
      """
      HELP SUB topic        send me what is published there
      HELP UNSUB topic      no more of it
      HELP PUB topic text   publish; the answer says how many will get it
      HELP QUIT             goodbye
      HELP A topic has 1 to 64 letters, digits, _ - . or /
      HELP You will hear: MSG topic text, and LOST n when you were too slow for n messages
      OK\
      """;

  private final Lines lines;
  private final Topics topics;
  private final Subscriber subscriber;

  Conversation(Lines lines, Topics topics, Subscriber subscriber) {
    this.lines = lines;
    this.topics = topics;
    this.subscriber = subscriber;
  }

  @Override
  public void received(ByteBuffer bytes, Consumer<Message> messages) throws ProtocolException {
    lines.each(bytes, line -> messages.accept(link -> execute(line.text(ISO_8859_1), link)));
  }

  private void execute(String line, Link link) throws IOException {
    String[] words = line.split(" ", 2);
    String rest = words.length == 2 ? words[1] : "";
    String command = words[0].toUpperCase(Locale.ROOT);
    link.write((answer(command, rest) + "\n").getBytes(ISO_8859_1));
    if (command.equals("QUIT") || isHttp(command, rest)) {
      link.close();
    }
  }

  /**
   * Whether it is the first line of HTTP. Any site's page can have a browser post something here,
   * and what it posts could be lines that publish.
   */
  private static boolean isHttp(String command, String rest) {
    return !command.equals("PUB") && rest.matches(".* HTTP/[0-9.]+");
  }

  private String answer(String command, String rest) {
    return switch (command) {
      case "SUB" -> subscribe(rest);
      case "UNSUB" -> unsubscribe(rest);
      case "PUB" -> publish(rest);
      case "HELP" -> HELP;
      case "QUIT" -> "OK";
      default -> "ERR no such command: say HELP";
    };
  }

  private String subscribe(String topic) {
    if (!Topics.isName(topic)) {
      return "ERR say SUB topic; a topic has 1 to 64 letters, digits, _ - . or /";
    }
    return subscriber.join(topic) ? "OK" : "ERR too many subscriptions: UNSUB from one";
  }

  private String unsubscribe(String topic) {
    return subscriber.leave(topic) ? "OK" : "ERR no such subscription";
  }

  private String publish(String rest) {
    int blank = rest.indexOf(' ');
    String topic = rest.substring(0, Math.max(0, blank));
    if (!Topics.isName(topic)) {
      return "ERR say PUB topic text; a topic has 1 to 64 letters, digits, _ - . or /";
    }
    return "OK " + topics.publish(topic, ("MSG " + rest + "\n").getBytes(ISO_8859_1));
  }

  @Override
  public void closed() {
    subscriber.leaveAll();
  }
}
