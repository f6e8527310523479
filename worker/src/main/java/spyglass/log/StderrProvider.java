package spyglass.log;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
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

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();
  private final Stderr stderr = new Stderr(Integer.getInteger(VERBOSITY, 0));

  /** For slf4j. */
  public StderrProvider() {}

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
