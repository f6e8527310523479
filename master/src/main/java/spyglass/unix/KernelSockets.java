package spyglass.unix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import jnr.ffi.LibraryLoader;
import jnr.ffi.byref.IntByReference;

/** The chapter of the {@link Kernel} about sockets that the JDK cannot make, or was not told of. */
public final class KernelSockets {

  // From Linux's headers; the same on x86-64 and arm64.
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SO_ACCEPTCONN = 30;
  private static final int MSG_NOSIGNAL = 0x4000;

  /** What the address of a Unix socket begins with, before its path: two bytes (unix(7)). */
  private static final int FAMILY_BYTES = 2;

  private static final int LONGEST_PATH = 107;

  private final Kernel kernel;

  /** What jnr-posix has no word for. */
  public interface LibC {
    /** socket(2). */
    int socket(int family, int type, int protocol);

    /** sendto(2). */
    int sendto(int socket, byte[] bytes, int count, int flags, byte[] address, int length);
  }

  /** This chapter of a kernel. */
  public KernelSockets(Kernel kernel) {
    this.kernel = kernel;
  }

  /** getsockopt(2): whether a descriptor is a stream socket that somebody has called listen(2) on. */
  public boolean isListening(int descriptor) {
    return option(descriptor, SO_TYPE) == SOCK_STREAM && option(descriptor, SO_ACCEPTCONN) == 1;
  }

  /** The value of an option; nothing a socket would say, if it is none. */
  private int option(int descriptor, int option) {
    ByteBuffer value = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
    IntByReference length = new IntByReference(Integer.BYTES);
    int result = kernel.posix.libc().getsockopt(descriptor, SOL_SOCKET, option, value, length);
    return result < 0 ? -1 : value.getInt(0);
  }

  /**
   * socket(2) and sendto(2): sends a message to a Unix datagram socket, of which the JDK has none.
   *
   * @param path the socket's file; a name without one (an abstract one) has an {@code @} before it
   */
  public void tell(String path, String message) throws IOException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length == 0 || name.length > LONGEST_PATH) {
      throw new IOException(path + " is no address of a Unix socket");
    }
    ByteBuffer address = ByteBuffer.allocate(FAMILY_BYTES + name.length);
    address.order(ByteOrder.nativeOrder()).putShort((short) AF_UNIX).put(name);
    if (name[0] == '@') {
      address.put(FAMILY_BYTES, (byte) 0);
    }
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    LibC libc = LibraryLoader.create(LibC.class).load("c");
    int socket = kernel.check("socket", libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    try {
      kernel.check(
          "sendto",
          libc.sendto(
              socket, bytes, bytes.length, MSG_NOSIGNAL, address.array(), address.capacity()));
    } finally {
      kernel.close(socket);
    }
  }
}
