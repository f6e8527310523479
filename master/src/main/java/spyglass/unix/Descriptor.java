package spyglass.unix;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.channels.Channel;

/** From a channel of the JDK's to what the kernel calls it. */
public final class Descriptor {

  private Descriptor() {}

  /**
   * The number of a channel's descriptor, which the JDK knows and does not tell: {@code --add-opens
   * java.base/sun.nio.ch=ALL-UNNAMED} opens the package for us. It means something as long as the
   * channel is open.
   */
  public static int of(Channel channel) throws IOException {
    try {
      Method number = channel.getClass().getMethod("getFDVal");
      number.setAccessible(true);
      return (int) number.invoke(channel);
    } catch (ReflectiveOperationException e) {
      throw new IOException("cannot learn a channel's descriptor", e);
    }
  }
}
