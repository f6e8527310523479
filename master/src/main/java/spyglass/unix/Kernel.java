package spyglass.unix;

import java.io.File;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Fcntl;
import jnr.constants.platform.Signal;
import jnr.posix.CmsgHdr;
import jnr.posix.MsgHdr;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/**
 * The kernel, as far as we talk to it directly: descriptors, processes, and descriptors that are sent
 * from one to the other. {@link KernelFiles}, {@link KernelSockets} and {@link KernelUsers} are its
 * other chapters, and every binding of ours to a native function is in these four. Each method is one
 * system call, or two, and names their pages in section 2 of the manual.
 */
public final class Kernel {

  private static final int CLOSE_ON_EXEC = 1;

  // From Linux's headers; the same on x86-64 and arm64.
  private static final int AF_UNIX = 1;
  private static final int SOCK_SEQPACKET = 5;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;
  private static final int MSG_CTRUNC = 8;

  private static final ByteBuffer[] NO_BYTES = {};

  /** For the other chapters. */
  final POSIX posix;

  /**
   * Loads the native library: some hundred milliseconds and some ten megabytes.
   *
   * @throws IllegalStateException if it cannot be mapped where it lies
   */
  public Kernel() {
    try (NativeLibrary library = NativeLibrary.present()) {
      posix = POSIXFactory.getPOSIX();
      if (!posix.isNative()) {
        throw new IllegalStateException(library.complaint());
      }
    }
  }

  /**
   * dup2(2): makes {@code to} another name for the open file behind {@code from}. Whatever {@code to}
   * was before is closed.
   */
  public void dup2(int from, int to) throws IOException {
    check("dup2", posix.dup2(from, to));
  }

  /**
   * fcntl(2) with F_SETFD: the kernel will close these descriptors at the next execve. Every
   * descriptor above 2 is meant, and the JVM has many: its jars, its libraries, its selectors. All
   * would otherwise live on in the next program, which knows nothing of them. (You will see them with
   * {@code ls -l /proc/PID/fd}.)
   *
   * @param kept those that the next program is to have nevertheless
   */
  public void closeOnExecAbove2(List<Integer> kept) throws IOException {
    File[] open = new File("/proc/self/fd").listFiles();
    if (open == null) {
      throw new IOException("cannot list /proc/self/fd: is /proc mounted?");
    }
    for (File entry : open) {
      int descriptor = Integer.parseInt(entry.getName());
      if (descriptor > 2) {
        // The one that was open only to list the folder is gone by now, so a failure means nothing.
        posix.fcntlInt(descriptor, Fcntl.F_SETFD, kept.contains(descriptor) ? 0 : CLOSE_ON_EXEC);
      }
    }
  }

  /**
   * This process's variables, each {@code NAME=value}, as execve(2) takes them. Not System.getenv(),
   * which has been through the locale's character set and lost what that has not: under LANG=C every
   * umlaut. Not readable any more once the user has changed.
   */
  public static List<String> environment() throws IOException {
    byte[] environ = Files.readAllBytes(Path.of("/proc/self/environ"));
    return List.of(new String(environ, StandardCharsets.UTF_8).split("\0", 0));
  }

  /**
   * execve(2): replaces the program in this process by another. Pid, parent, working folder and the
   * descriptors that are not close-on-exec stay; memory, threads and signal handlers go. Returns only
   * when it has failed.
   */
  public void execve(List<String> command, List<String> environment) throws IOException {
    String[] variables = environment.toArray(new String[0]);
    check("execve", posix.execve(command.getFirst(), command.toArray(new String[0]), variables));
  }

  /**
   * signal(2) with SIG_DFL: takes back that a signal is ignored, which a program inherits from whoever
   * has started it.
   *
   * @param name without SIG
   */
  public void heed(String name) {
    posix.libc().signal(Signal.valueOf("SIG" + name).intValue(), null);
  }

  /**
   * umask(2): the permissions that files made from now on do not get, whatever is asked for. It is the
   * whole process's.
   *
   * @return what it was before
   */
  public int umask(int mask) {
    return posix.umask(mask);
  }

  /**
   * dup(2): one more name, the smallest that is free, for the open file behind a descriptor; and
   * fcntl(2), which makes the new one close-on-exec.
   */
  public int duplicate(int descriptor) throws IOException {
    int copy = check("dup", posix.dup(descriptor));
    check("fcntl", posix.fcntlInt(copy, Fcntl.F_SETFD, CLOSE_ON_EXEC));
    return copy;
  }

  /** close(2): gives a name back. The open file goes when nobody has a name for it any more. */
  public void close(int descriptor) throws IOException {
    check("close", posix.close(descriptor));
  }

  /**
   * socketpair(2): two sockets that are connected with each other and with nothing else; both
   * close-on-exec. They are of type SOCK_SEQPACKET: what is sent in one call arrives in one call, so
   * nobody needs to say where a message ends.
   */
  public int[] socketpair() throws IOException {
    int[] ends = new int[2];
    check("socketpair", posix.socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends));
    return ends;
  }

  /**
   * sendmsg(2) with SCM_RIGHTS (unix(7)): gives the open file behind a descriptor to whoever holds the
   * other end of a pair. The message has no bytes; what counts is what hangs on it. Never waits: when
   * the other does not read and the socket is full, it fails.
   */
  public void sendDescriptor(int socket, int descriptor) throws IOException {
    MsgHdr message = emptyMessage();
    CmsgHdr control = message.allocateControl(Integer.BYTES);
    control.setLevel(SOL_SOCKET);
    control.setType(SCM_RIGHTS);
    control.setData(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(0, descriptor));
    try {
      send(socket, message);
    } finally {
      // The message has only the address of this memory, which must not be given back before.
      Reference.reachabilityFence(control);
    }
  }

  /** sendmsg(2) of a message with nothing in it and nothing on it. Never waits. */
  public void sendNothing(int socket) throws IOException {
    send(socket, emptyMessage());
  }

  private void send(int socket, MsgHdr message) throws IOException {
    check("sendmsg", posix.sendmsg(socket, message, MSG_DONTWAIT | MSG_NOSIGNAL));
  }

  /**
   * recvmsg(2): waits for what {@link #sendDescriptor} sends. The number is a new one, of this
   * process, and close-on-exec.
   *
   * @return empty for {@link #sendNothing}, and when nobody holds the other end any more
   * @throws DescriptorLost when this process may not open any more; the message is gone
   */
  public OptionalInt receiveDescriptor(int socket) throws IOException {
    MsgHdr message = emptyMessage();
    CmsgHdr control = message.allocateControl(Integer.BYTES);
    try {
      int result;
      do {
        result = posix.recvmsg(socket, message, MSG_CMSG_CLOEXEC);
      } while (result < 0 && isNoEnd());
      check("recvmsg", result);
      if ((message.getFlags() & MSG_CTRUNC) != 0) {
        throw new DescriptorLost();
      }
      return message.getControlLen() == 0
          ? OptionalInt.empty()
          : OptionalInt.of(control.getData().order(ByteOrder.nativeOrder()).getInt(0));
    } finally {
      Reference.reachabilityFence(control);
    }
  }

  private MsgHdr emptyMessage() {
    MsgHdr message = posix.allocateMsgHdr();
    message.setIov(NO_BYTES);
    return message;
  }

  /**
   * read(2): waits for bytes.
   *
   * @return how many; 0 when nobody holds the other end any more
   */
  public int read(int descriptor, byte[] into) throws IOException {
    int result;
    do {
      result = posix.read(descriptor, into, into.length);
    } while (result < 0 && isNoEnd());
    return check("read", result);
  }

  /** write(2), which takes all or nothing where bytes are sent as messages. */
  public void write(int descriptor, byte[] bytes) throws IOException {
    check("write", posix.write(descriptor, bytes, bytes.length));
  }

  /**
   * What is told instead of what can be read, once, so that one only has to ask again. EINTR
   * (signal(7)): a signal came while the call waited. ECONNRESET, from a pair: the other end has
   * gone and had not read all that we sent. What it had sent itself is there nevertheless, and may be
   * its last word about a connection.
   */
  private boolean isNoEnd() {
    int error = posix.errno();
    return error == Errno.EINTR.intValue() || error == Errno.ECONNRESET.intValue();
  }

  int check(String call, int result) throws IOException {
    if (result < 0) {
      throw new IOException(call + " failed: " + posix.strerror(posix.errno()));
    }
    return result;
  }
}
