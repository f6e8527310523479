package examples.pidecho;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import spyglass.protocol.Context;
import spyglass.protocol.Lines;
import spyglass.protocol.Link;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolHandler;
import spyglass.protocol.Provides;

/**
 * Sends each line back with the worker's pid before it, and closes after {@code quit}.
 *
 * <p>Start it with {@code --protocol pid-echo --workers 3} and open some connections, each with
 * {@code nc localhost 4222} in a terminal of its own. You will see that a connection stays with the
 * worker that has accepted it, to its last line, and that another connection may have met another
 * worker.
 */
@Provides(
    name = "pid-echo",
    about = "Sends each line back with the worker's pid before it; quit closes.",
    options =
        @Provides.Option(
            name = "max-line",
            value = "8192",
            about = "Bytes of a line without its end; a longer one ends the connection."))
public final class PidEcho implements Protocol {

  private static final int MOST = 1 << 20;

  private final long pid = ProcessHandle.current().pid();
  private Lines lines;

  @Override
  public void start(Context context) {
    int limit = context.number("max-line", 1, MOST);
    lines = new Lines(limit, numbered("A line has at most " + limit + " bytes. Goodbye.\n"));
  }

  @Override
  public ProtocolHandler open(Link link) {
    return (bytes, messages) ->
        lines.each(bytes, line -> messages.accept(client -> answer(line, client)));
  }

  private void answer(Lines.Line line, Link client) throws IOException {
    if (line.text(ISO_8859_1).equals("quit")) {
      client.close();
    } else {
      client.write(numbered(new String(line.bytes(), ISO_8859_1)));
    }
  }

  /** In ISO 8859-1 every byte is a character, so all come back as they were, in any charset. */
  private byte[] numbered(String text) {
    return (pid + " " + text).getBytes(ISO_8859_1);
  }
}
