package examples.acceptlab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import spyglass.protocol.Context;
import spyglass.protocol.Lines;
import spyglass.protocol.Link;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolHandler;
import spyglass.protocol.Provides;

/**
 * Keeps a thread for as long as it is asked to: {@code work 50} is answered with {@code PID begun} at
 * once and with {@code PID done} after 50 ms.
 */
@Provides(
    name = "work",
    about = "work MS keeps a thread for so many milliseconds and says which process has done it.")
public final class Work implements Protocol {

  private static final int LONGEST = 80;

  private Lines lines;

  @Override
  public void start(Context context) {
    lines = new Lines(LONGEST, "That line is too long. Goodbye.\n".getBytes(ISO_8859_1));
  }

  @Override
  public ProtocolHandler open(Link link) {
    return (bytes, messages) ->
        lines.each(bytes, line -> messages.accept(client -> answer(line, client)));
  }

  private static void answer(Lines.Line line, Link client) throws IOException {
    client.write(Task.begun().getBytes(ISO_8859_1));
    Task.of(line.text(ISO_8859_1)).perform();
    client.write(Task.done().getBytes(ISO_8859_1));
  }
}
