package spyglass.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Writes {@code [pid] [Name] message} to descriptor 2.
 *
 * <p>Several processes write to the same terminal or file. A line is handed to the kernel in one
 * write(2), because two writes would let another process's line come between them. (You will see it
 * with {@code strace -f -e trace=write}.) A process that serves does not wait for that: see {@link Lines}.
 */
final class Stderr implements ILoggerFactory {

  private static final List<String> LAST =
      List.of(
          "boot.",
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "org.jboss.",
          "org.xnio.",
          "io.undertow.");

  private final FileOutputStream out = new FileOutputStream(FileDescriptor.err);
  private final ConcurrentHashMap<String, Logger> loggers = new ConcurrentHashMap<>();
  private final String pid = "[" + ProcessHandle.current().pid() + "] [";
  private final int verbosity;
  private final boolean queued;
  private @Nullable Lines lines;

  /**
   * Says nothing yet.
   *
   * @param verbosity how often -v was said
   * @param queued whether nobody waits until a line is written
   */
  Stderr(int verbosity, boolean queued) {
    this.verbosity = verbosity;
    this.queued = queued;
  }

  @Override
  public Logger getLogger(String name) {
    Logger known = loggers.get(name);
    if (known == null) {
      loggers.putIfAbsent(name, new StderrLogger(name, this));
      known = loggers.get(name);
    }
    return Objects.requireNonNull(known);
  }

  /**
   * How often -v must be said for a line. Below INFO, loggers with {@code event.} before their name want
   * three, {@code boot.} and those of others four: the JDK's, which tells of each certificate it sees and
   * adds a stack to each start of a process, and those of the libraries that we bring.
   */
  boolean shows(Level level, String logger) {
    return verbosity >= least(level, logger);
  }

  private static int least(Level level, String logger) {
    if (level.toInt() >= Level.INFO.toInt()) {
      return 0;
    }
    if (LAST.stream().anyMatch(logger::startsWith)) {
      return 4;
    }
    if (logger.startsWith("event.")) {
      return 3;
    }
    return level == Level.DEBUG ? 1 : 2;
  }

  void write(Level level, String name, String message, @Nullable Throwable thrown) {
    StringBuilder line = new StringBuilder(pid).append(name).append("] ");
    if (level == Level.WARN || level == Level.ERROR) {
      line.append(level == Level.WARN ? "warning: " : "error: ");
    }
    line.append(message);
    if (thrown != null) {
      line.append('\n').append(trace(thrown));
    }
    byte[] bytes = Plain.event(line.toString()).getBytes(StandardCharsets.UTF_8);
    if (queued) {
      lines().add(bytes);
      return;
    }
    try {
      out.write(bytes);
    } catch (IOException e) {
      // Whoever read the log is gone, or its disk is full. There is no one left to tell, and it is
      // no reason to stop serving.
    }
  }

  /** With the first line: a process that says nothing has no queue. */
  private synchronized Lines lines() {
    Lines known = lines;
    if (known == null) {
      known = new Lines(out, pid + "Log] ");
      lines = known;
    }
    return known;
  }

  /** See {@link StderrProvider#flush}. */
  void flush() {
    if (queued) {
      lines().flush();
    }
  }

  /** The stack, unless the exception cannot even be printed: its message is code of the app's. */
  private static String trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    try {
      thrown.printStackTrace(new PrintWriter(trace));
    } catch (RuntimeException | Error e) {
      trace.append(thrown.getClass().getName()).append(", which cannot be printed\n");
    }
    return trace.toString();
  }
}
