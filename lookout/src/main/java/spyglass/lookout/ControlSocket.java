package spyglass.lookout;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import spyglass.control.ControlTalk;
import spyglass.control.Door;
import spyglass.control.Hub;
import spyglass.control.Loop;

/** The Unix socket over which {@code spyglass status} and the like speak to this lookout. */
final class ControlSocket {

  /** At once; each is gone within seconds, but for the master's. */
  private static final int MOST = 32;

  private static final int OWNER_ONLY = 0600;

  private ControlSocket() {}

  /** Binds it and lets people in. The folder is ours alone, and there is no such file: Server saw to it. */
  static OwnFile open(Loop loop, Path path, Hub hub) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(path), MOST);
    Files.setAttribute(path, "unix:mode", OWNER_ONLY);
    new Door(loop, listener, MOST, ControlTalk.host(hub)).open();
    return OwnFile.at(OwnFile.SOCKET, path);
  }
}
