package examples.guestbook;

import java.time.Instant;

/** What one visitor wrote, and when. */
record Entry(String name, String words, Instant written) {}
