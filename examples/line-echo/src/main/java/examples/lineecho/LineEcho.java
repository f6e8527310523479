package examples.lineecho;

import java.nio.charset.StandardCharsets;
import spyglass.protocol.Context;
import spyglass.protocol.Lines;
import spyglass.protocol.Link;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolHandler;
import spyglass.protocol.Provides;

/** Sends each line back when it is ended: what you type into {@code nc} returns with Enter. */
@Provides(
    name = "line-echo",
    about = "Sends each line back when it is ended.",
    options =
        @Provides.Option(
            name = "max-line",
            value = "8192",
            about = "Bytes of a line without its end; a longer one ends the connection."))
public final class LineEcho implements Protocol {

  private static final int MOST = 1 << 20;

  private Lines lines;

  @Override
  public void start(Context context) {
    int limit = context.number("max-line", 1, MOST);
    String farewell = "A line has at most " + limit + " bytes. Goodbye.\n";
    lines = new Lines(limit, farewell.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public ProtocolHandler open(Link link) {
    return (bytes, messages) ->
        lines.each(bytes, line -> messages.accept(client -> client.write(line.bytes())));
  }
}
