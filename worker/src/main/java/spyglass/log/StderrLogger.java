package spyglass.log;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** One logger; what it is called in the log is the last part of its name. */
final class StderrLogger extends LegacyAbstractLogger {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Stderr stderr;
  private final String shortName;
  private final boolean trace;
  private final boolean debug;
  private final boolean info;

  StderrLogger(String name, Stderr stderr) {
    this.name = name;
    this.shortName = name.substring(name.lastIndexOf('.') + 1);
    this.stderr = stderr;
    // Asked for each request and never answered otherwise, so it is found out once.
    this.trace = stderr.shows(Level.TRACE, name);
    this.debug = stderr.shows(Level.DEBUG, name);
    this.info = stderr.shows(Level.INFO, name);
  }

  @Override
  public boolean isTraceEnabled() {
    return trace;
  }

  @Override
  public boolean isDebugEnabled() {
    return debug;
  }

  @Override
  public boolean isInfoEnabled() {
    return info;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    stderr.write(level, shortName, MessageFormatter.basicArrayFormat(pattern, arguments), thrown);
  }
}
