package spyglass.handover;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;

/**
 * From the number of a descriptor to a channel, the way back from {@link spyglass.unix.Descriptor}. What
 * is used of the JDK here is what {@link System#inheritedChannel} uses for descriptor 0.
 */
final class Channels {

  private static final String PACKAGE = "sun.nio.ch.";

  private final Method newDescriptor = method("IOUtil", "newFD", int.class);
  private final Method addressFamily = method("InheritedChannel", "addressFamily", int.class);
  private final Method protocolFamily = method("InheritedChannel", "protocolFamily", int.class);
  private final Method unixPeer = method("InheritedChannel", "unixPeerAddress", int.class);
  private final Method peer = method("Net", "remoteAddress", FileDescriptor.class);
  private final Constructor<?> constructor = constructor();

  /**
   * A channel, in blocking mode, for a connected socket of any family. The descriptor is the channel's
   * from now on.
   *
   * @throws IOException if the socket is not connected, because its client has left; the descriptor is
   *     still the caller's
   */
  SocketChannel channel(int descriptor) throws IOException {
    try {
      ProtocolFamily family =
          (ProtocolFamily) protocolFamily.invoke(null, addressFamily.invoke(null, descriptor));
      FileDescriptor wrapped = (FileDescriptor) newDescriptor.invoke(null, descriptor);
      SocketAddress remote =
          family == StandardProtocolFamily.UNIX
              ? UnixDomainSocketAddress.of((String) unixPeer.invoke(null, descriptor))
              : (SocketAddress) peer.invoke(null, wrapped);
      return (SocketChannel)
          constructor.newInstance(SelectorProvider.provider(), family, wrapped, remote);
    } catch (InvocationTargetException e) {
      throw new IOException("a passed connection is none any more", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IOException("cannot make a channel of a descriptor", e);
    }
  }

  private static Method method(String type, String name, Class<?> parameter) {
    try {
      Method method = Class.forName(PACKAGE + type).getDeclaredMethod(name, parameter);
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK has no " + PACKAGE + type + "." + name, e);
    }
  }

  private static Constructor<?> constructor() {
    try {
      // Otherwise the address natives of the package may not be linked yet.
      InetAddress.getLoopbackAddress();
      Constructor<?> found =
          Class.forName(PACKAGE + "SocketChannelImpl")
              .getDeclaredConstructor(
                  SelectorProvider.class,
                  ProtocolFamily.class,
                  FileDescriptor.class,
                  SocketAddress.class);
      found.setAccessible(true);
      return found;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK makes its channels in another way", e);
    }
  }
}
