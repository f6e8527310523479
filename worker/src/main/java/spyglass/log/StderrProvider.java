package spyglass.log;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Where slf4j finds us. Every JVM of ours is started with {@code -Dslf4j.provider=} and this name,
 * so an app that brings a logging library inside its jar still logs here, and nobody has to search
 * the class path for providers before the first line.
 */
public final class StderrProvider implements SLF4JServiceProvider {

  /** The system property that bears the verbosity: 0 for what matters, up to 4 for -vvvv. */
  public static final String VERBOSITY = "spyglass.verbosity";

  /**
   * The system property of a process that must not wait for whoever reads its log. It says {@code true}.
   * Others, such as a command, write each line at once.
   */
  public static final String QUEUED = "spyglass.log.queued";

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();
  private final Stderr stderr =
      new Stderr(Integer.getInteger(VERBOSITY, 0), Boolean.getBoolean(QUEUED));

  /** For slf4j. */
  public StderrProvider() {}

  /** For who ends this process without an exit: waits for the last lines, about a second at most. */
  public static void flush() {
    if (LoggerFactory.getILoggerFactory() instanceof Stderr log) {
      log.flush();
    }
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return stderr;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}
}
