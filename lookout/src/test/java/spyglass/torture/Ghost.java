package spyglass.torture;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;

/** Somebody who connects and wants nothing. */
enum Ghost {
  /** Connects and closes. */
  LEAVES {
    @Override
    void haunt(Socket socket) throws IOException {
      socket.close();
    }
  },
  /** Connects and resets the connection: SO_LINGER of zero makes close(2) do that (socket(7)). */
  RESETS {
    @Override
    void haunt(Socket socket) throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  },
  /** Connects and says nothing, until the server has had enough of it. */
  IS_SILENT {
    @Override
    void haunt(Socket socket) throws IOException {
      try (socket) {
        socket.setSoTimeout(PATIENCE_MILLIS);
        if (socket.getInputStream().read() >= 0) {
          throw new IOException("an answer to nothing");
        }
      }
    }
  };

  private static final int PATIENCE_MILLIS = 30_000;

  /** One in so many is silent: they take as long as the server has patience. */
  private static final int SILENT_ONE_IN = 10;

  abstract void haunt(Socket socket) throws IOException;

  /** Comes and goes; returns when all is over. */
  void visit(int port) throws IOException {
    haunt(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  static Ghost any(Random random) {
    if (random.nextInt(SILENT_ONE_IN) == 0) {
      return IS_SILENT;
    }
    return random.nextBoolean() ? LEAVES : RESETS;
  }
}
