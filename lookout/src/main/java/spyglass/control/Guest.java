package spyglass.control;

import java.io.IOException;

/** Whoever waits in a {@link Loop} for a channel, and perhaps for a time. Called by its thread only. */
public interface Guest {

  /** A time that does not come. */
  long NEVER = Long.MAX_VALUE;

  /** The channel has something to be done. An exception ends the guest. */
  void ready() throws IOException;

  /** When to call {@link #overdue}, by {@link Loop#now}; asked anew in each round. */
  long due();

  /** That time has come. */
  void overdue();

  /** Gives back what it holds. A second call does nothing. */
  void close();
}
