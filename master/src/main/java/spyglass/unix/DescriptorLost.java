package spyglass.unix;

import java.io.IOException;

/**
 * Somebody passed a descriptor and this process has all it may have (ulimit -n). The kernel has
 * dropped it; whoever passed it still has its own.
 */
public final class DescriptorLost extends IOException {

  DescriptorLost() {
    super("recvmsg brought no descriptor: too many are open (ulimit -n)");
  }
}
