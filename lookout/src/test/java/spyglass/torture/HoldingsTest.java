package spyglass.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class HoldingsTest {

  private static final long SELF = ProcessHandle.current().pid();

  @Test
  void a_line_of_the_table_tells_both_ports_and_the_inode() {
    String mine =
        "   1: 0100007F:107E 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0"
            + "        0 4711 1 0000000000000000 20 4 30 10 -1";
    assertEquals(Map.of("4711", 40_000), new Holdings(4222).connections(List.of("sl", mine)));
    assertEquals(Map.of(), new Holdings(4223).connections(List.of("sl", mine)));
  }

  @Test
  void a_connection_is_in_somebodys_hands_once_it_is_accepted() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 5, here);
        Socket client = new Socket(here, server.getLocalPort())) {
      Holdings holdings = new Holdings(server.getLocalPort());
      assertEquals(Set.of(), holdings.of(SELF));
      try (Socket accepted = server.accept()) {
        assertEquals(client.getLocalPort(), accepted.getPort());
        assertEquals(Set.of(client.getLocalPort()), holdings.of(SELF));
      }
    }
  }
}
