package spyglass.master;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The worker that was started by the shell which then became this process: its child, though not started
 * with {@link ProcessBuilder}. The reading end of its pipe is descriptor 4.
 *
 * <p>A parent has to wait for its children (waitpid(2)), or a dead one stays a zombie and nobody knows how
 * it died. The JDK waits for what a {@code ProcessBuilder} has started, and has no public word for waiting
 * for another child. So the very methods that {@link Process} uses are called by reflection.
 */
public final class FirstWorker extends Process {

  /** What a JVM must be told so that this can be. */
  public static final String ACCESS = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  /** The environment variable in which the shell tells the worker's pid. */
  private static final String VARIABLE = "SPYGLASS_FIRST_WORKER";

  /** And what the worker has told the shell: after how many milliseconds of the wake it was ready. */
  private static final String READY = "SPYGLASS_FIRST_READY";

  /** How it ended, if the shell has seen that; then nobody can wait for it any more. */
  private static final String ENDED = "SPYGLASS_FIRST_ENDED";

  private final long pid;
  private final InputStream pipe;
  private final Optional<Integer> ended;
  private @Nullable Future<?> status;

  private FirstWorker(long pid, Optional<Integer> ended) throws IOException {
    this.pid = pid;
    this.ended = ended;
    // The same pipe under a number of our own: Java has no word for descriptor 4 itself.
    this.pipe = new FileInputStream("/proc/self/fd/4");
  }

  /** Whether this JDK has these methods still; it owes them to nobody. */
  public static boolean canBeAdopted() {
    try {
      return Future.class.isAssignableFrom(completion().getReturnType())
          && ProcessHandle.class.isAssignableFrom(handle().getReturnType());
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static Method completion() {
    return method("completion", long.class, boolean.class);
  }

  /** Unlike {@link ProcessHandle#of} this one finds a process that is a zombie already. */
  private static Method handle() {
    return method("getInternal", long.class);
  }

  private static Method method(String name, Class<?>... parameters) {
    try {
      return Class.forName("java.lang.ProcessHandleImpl").getDeclaredMethod(name, parameters);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK is another than expected", e);
    }
  }

  /** The one that was started before this program was, if there is one. */
  static Optional<Process> told() throws IOException {
    String pid = System.getenv(VARIABLE);
    Optional<Integer> ended = Optional.ofNullable(System.getenv(ENDED)).map(Integer::valueOf);
    return pid == null
        ? Optional.empty()
        : Optional.of(new FirstWorker(Long.parseLong(pid), ended));
  }

  /** After how many milliseconds of the wake it was ready, in digits; empty if it was not before we were. */
  static String readyAfter() {
    String millis = System.getenv().getOrDefault(READY, "");
    return millis.matches("[0-9]{1,9}") ? millis : "";
  }

  /** For the environment of all other children: that one is not theirs. */
  static void conceal(Map<String, String> environment) {
    environment.remove(VARIABLE);
    environment.remove(READY);
    environment.remove(ENDED);
  }

  /** Reflection takes some milliseconds the first time, and a visitor waits: not before it is needed. */
  private static Object call(Method method, Object... arguments) {
    try {
      method.setAccessible(true);
      return method.invoke(null, arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK has changed since the server was started", e);
    }
  }

  /** Has a thread of the JDK's wait for it; then the pid is free again. */
  private synchronized Future<?> status() {
    if (status == null) {
      status = (Future<?>) call(completion(), pid, true);
    }
    return status;
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public ProcessHandle toHandle() {
    return (ProcessHandle) call(handle(), pid);
  }

  @Override
  public InputStream getInputStream() {
    return pipe;
  }

  @Override
  public int waitFor() throws InterruptedException {
    if (ended.isPresent()) {
      return ended.get();
    }
    try {
      return (Integer) status().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int exitValue() {
    if (ended.isPresent()) {
      return ended.get();
    }
    if (!status().isDone()) {
      throw new IllegalThreadStateException("it lives");
    }
    return (Integer) status().resultNow();
  }

  @Override
  public void destroy() {
    toHandle().destroy();
  }

  /** Its 0 is the listening socket; its 2 is the log. */
  @Override
  public OutputStream getOutputStream() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public InputStream getErrorStream() {
    return InputStream.nullInputStream();
  }
}
