package spyglass.handover;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import spyglass.master.Descriptors;
import spyglass.unix.Descriptor;
import spyglass.unix.Kernel;

/** Where connections are passed from, or lent to a process that is being started. */
public final class MasterEnd implements Descriptors {

  private static final int STANDARD_INPUT = 0;

  private final Kernel kernel = new Kernel();
  private final int listener;

  /** For the service loader. Loads the native library; descriptor 0 must be the listening socket. */
  public MasterEnd() {
    try {
      listener = kernel.duplicate(STANDARD_INPUT);
    } catch (IOException e) {
      throw new IllegalStateException("descriptor 0 is closed: start this with spyglass", e);
    }
  }

  @Override
  public void lend(SocketChannel connection) throws IOException {
    kernel.dup2(Descriptor.of(connection), STANDARD_INPUT);
  }

  @Override
  public Link lendLink() throws IOException {
    int[] ends = kernel.socketpair();
    PassingLink link = new PassingLink(kernel, ends[0]);
    try {
      kernel.dup2(ends[1], STANDARD_INPUT);
    } catch (IOException e) {
      link.close();
      throw e;
    } finally {
      // 0 is the child's now, and goes from here when it is taken back. Had we another name for it,
      // we would never hear of the child's death.
      kernel.close(ends[1]);
    }
    return link;
  }

  @Override
  public void takeBack() throws IOException {
    // dup2 takes close-on-exec away from the new name, and only from that.
    kernel.dup2(listener, STANDARD_INPUT);
  }
}
