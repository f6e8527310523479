package spyglass.worker;

import java.util.Locale;

/** What carries connections. A protocol runs unchanged on either. */
public enum Engine {
  /** One thread reads from all, and {@code --threads} threads of the operating system execute. */
  LOOP,
  /** Each connection has a virtual thread that does one thing after another. */
  THREAD;

  /** The one that the command line calls so: {@code loop} or {@code thread}. */
  public static Engine named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
