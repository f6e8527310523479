/**
 * A small real web app. Begin with {@link examples.guestbook.Guestbook}; {@code Entries} is the
 * database, {@code Form} what comes in, {@code Page} what goes out.
 */
@NullMarked
package examples.guestbook;

import org.jspecify.annotations.NullMarked;
