package measure;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.OptionalLong;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * How many bytes of heap the threads of a JVM have asked for since it began. To know it, the JVM is made
 * to load what answers such questions; so this comes after all else that is measured.
 */
final class Allocation {

  private Allocation() {}

  /** Of all of them together; empty if one cannot be asked. */
  static OptionalLong bytes(List<Long> pids) {
    try {
      long sum = 0;
      for (long pid : pids) {
        sum += bytes(pid);
      }
      return OptionalLong.of(sum);
    } catch (IOException | AttachNotSupportedException e) {
      return OptionalLong.empty();
    }
  }

  // What answers is a JVM that we have started, over a socket of this machine.
  @SuppressWarnings("BanJNDI")
  private static long bytes(long pid) throws IOException, AttachNotSupportedException {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
    try {
      JMXServiceURL agent = new JMXServiceURL(machine.startLocalManagementAgent());
      try (JMXConnector connector = JMXConnectorFactory.connect(agent)) {
        return ManagementFactory.newPlatformMXBeanProxy(
                connector.getMBeanServerConnection(),
                ManagementFactory.THREAD_MXBEAN_NAME,
                ThreadMXBean.class)
            .getTotalThreadAllocatedBytes();
      }
    } finally {
      machine.detach();
    }
  }
}
