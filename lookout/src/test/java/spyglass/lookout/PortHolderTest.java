package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortHolderTest {

  private static String us() throws IOException {
    long pid = ProcessHandle.current().pid();
    return Files.readString(Path.of("/proc/self/comm")).strip() + ", pid " + pid;
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::"})
  void whoListensIsFoundByNameAndPid(String address) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      assertEquals(Optional.of(us()), PortHolder.find(socket.getLocalPort()));
    }
  }

  @Test
  void whoListensBehindAFileIsFoundByItsPath(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a b.sock");
    assertEquals(Optional.empty(), PortHolder.find(file));
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(file));
      assertEquals(Optional.of(us()), PortHolder.find(file));
    }
  }

  @Test
  void whoIsOnlyConnectedIsNotWhoListens() throws IOException {
    int port;
    InetAddress local = InetAddress.getLoopbackAddress();
    try (ServerSocket socket = new ServerSocket(0, 1, local);
        Socket client = new Socket(local, socket.getLocalPort())) {
      port = client.getLocalPort();
      assertEquals(Optional.empty(), PortHolder.find(port));
    }
  }

  @Test
  void aFreePortIsNobodys() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertEquals(Optional.empty(), PortHolder.find(port));
  }
}
