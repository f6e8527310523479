package spyglass.lookout;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what the lookout may need one day, while its files are as they were at the start. It sleeps for
 * months, and meanwhile a jar of ours may be written anew in place, or a JDK be replaced. What is loaded
 * by then stands in memory. What is not would come from a file that is gone, or from one with other bytes
 * where the table of contents, read at the start, has the class.
 *
 * <p>The JDK's classes are in one file that stays mapped as long as the process lives, even when its name
 * is gone; its native libraries are opened when they are needed. (You will see it: {@code strace -f -b
 * execve -e trace=openat} of a sleeper shows no file of the JDK and no jar, whatever you order.)
 */
final class Preload {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  /** All that a lookout can reach, in the order of the alphabet; a test finds out what that is. */
  static final String[] CLASSES = {
    "org.slf4j.Logger",
    "org.slf4j.event.DefaultLoggingEvent",
    "org.slf4j.event.EventConstants",
    "org.slf4j.event.KeyValuePair",
    "org.slf4j.event.Level",
    "org.slf4j.event.LoggingEvent",
    "org.slf4j.helpers.FormattingTuple",
    "org.slf4j.helpers.MessageFormatter",
    "org.slf4j.helpers.NormalizedParameters",
    "org.slf4j.jdk.platform.logging.SLF4JPlatformLogger",
    "org.slf4j.jdk.platform.logging.SLF4JPlatformLogger$1",
    "org.slf4j.jdk.platform.logging.SLF4JPlatformLoggerFactory",
    "org.slf4j.jdk.platform.logging.SLF4JSystemLoggerFinder",
    "org.slf4j.spi.CallerBoundaryAware",
    "org.slf4j.spi.DefaultLoggingEventBuilder",
    "org.slf4j.spi.DefaultLoggingEventBuilder$1",
    "org.slf4j.spi.LocationAwareLogger",
    "org.slf4j.spi.LoggingEventAware",
    "org.slf4j.spi.LoggingEventBuilder",
    "org.slf4j.spi.NOPLoggingEventBuilder",
    "org.slf4j.spi.SLF4JServiceProvider",
    "spyglass.control.Answer",
    "spyglass.control.ControlTalk",
    "spyglass.control.ControlTalk$Reception",
    "spyglass.control.Conversation",
    "spyglass.control.Door",
    "spyglass.control.Door$Host",
    "spyglass.control.Figures",
    "spyglass.control.Figures$Worker",
    "spyglass.control.Guest",
    "spyglass.control.Hub",
    "spyglass.control.Loop",
    "spyglass.control.MasterLink",
    "spyglass.control.MetricsTalk",
    "spyglass.control.Prometheus",
    "spyglass.control.Talk",
    "spyglass.log.Lines",
    "spyglass.log.Lines$Last",
    "spyglass.log.Plain",
    "spyglass.log.Stderr",
    "spyglass.log.StderrLogger",
    "spyglass.log.StderrProvider",
    "spyglass.lookout.Apology",
    "spyglass.lookout.Attempt",
    "spyglass.lookout.BootScript",
    "spyglass.lookout.ControlSocket",
    "spyglass.lookout.Desk",
    "spyglass.lookout.Desk$1",
    "spyglass.lookout.Desk$Signalled",
    "spyglass.lookout.Duty",
    "spyglass.lookout.FilePages",
    "spyglass.lookout.Ledger",
    "spyglass.lookout.Ledger$Totals",
    "spyglass.lookout.Lookout",
    "spyglass.lookout.Lookout$1",
    "spyglass.lookout.LookoutMain",
    "spyglass.lookout.LookoutMain$Heard",
    "spyglass.lookout.MasterProcess",
    "spyglass.lookout.MasterProcess$Ended",
    "spyglass.lookout.MasterProcess$Pipe",
    "spyglass.lookout.MasterProcess$Ready",
    "spyglass.lookout.MasterProcess$Watcher",
    "spyglass.lookout.MetricsSocket",
    "spyglass.lookout.OwnFile",
    "spyglass.lookout.ParentWatch",
    "spyglass.lookout.Preload",
    "spyglass.lookout.Standing",
    "spyglass.lookout.State",
    "spyglass.lookout.Visitors",
    "spyglass.process.Arguments",
    "spyglass.process.CrashReport",
    "spyglass.process.Exit",
    "spyglass.process.Footing",
    "spyglass.process.Parent",
    "spyglass.process.ParentPipe",
    "spyglass.process.ProcessName",
    "spyglass.process.Resident",
    "spyglass.process.Signals",
    "spyglass.process.Signals$Handler",
    "spyglass.process.Timeline",
    "spyglass.process.Wake",
    "spyglass.process.WorkingFolder",
    "spyglass.training.AppCache",
    "spyglass.training.Cpu",
    "spyglass.training.Leftovers",
    "spyglass.training.Training",
  };

  private Preload() {}

  /**
   * Loads it. Takes some 20 milliseconds, most of them for the JDK's log. Never to be called while {@link
   * FilePages} gives pages back: it may load a library.
   */
  static void all() {
    try {
      for (String name : CLASSES) {
        Class.forName(name);
      }
      // The JDK has a log for each start of a process, and one for our own end. To find where that
      // goes it looks into every jar, and loads the library with which it reads them.
      System.getLogger("java.lang.ProcessBuilder").isLoggable(System.Logger.Level.DEBUG);
    } catch (ClassNotFoundException | LinkageError e) {
      LOG.warn("a jar of Spyglass has changed while it started ({}): restart", e.toString());
    }
  }
}
