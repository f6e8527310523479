package spyglass.worker;

import java.util.Locale;

/** Who takes connections out of the kernel's queue: {@code --accept}. */
public enum Accept {
  /** Each worker for itself: descriptor 0 of all is the one listening socket. */
  SHARED,

  /** The master, which passes each to a worker that has asked; see {@link Handover}. */
  PASS,

  /** The master, which starts a process for each: descriptor 0 of that is the connection. */
  SPAWN;

  /** The word for it on a command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What a command line says.
   *
   * @throws IllegalArgumentException if it is none of the three
   */
  public static Accept of(String word) {
    for (Accept accept : values()) {
      if (accept.word().equals(word)) {
        return accept;
      }
    }
    throw new IllegalArgumentException("no way to accept: " + word);
  }
}
