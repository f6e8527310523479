package examples.echo;

import spyglass.protocol.Link;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolHandler;
import spyglass.protocol.Provides;

/**
 * Sends back whatever comes. Start it with {@code --protocol echo} and talk to it with {@code nc
 * localhost 4222}: what comes back is the same, in whatever pieces the network makes of it.
 */
@Provides(name = "echo", about = "Sends back whatever comes.")
public final class Echo implements Protocol {

  @Override
  public ProtocolHandler open(Link link) {
    return (bytes, messages) -> {
      // A copy, because the buffer is used again before the message is executed.
      byte[] back = new byte[bytes.remaining()];
      bytes.get(back);
      messages.accept(client -> client.write(back));
    };
  }
}
