/** A server started and stopped by a program of one's own: {@link spyglass.embed.Spyglass#server}. */
@NullMarked
package spyglass.embed;

import org.jspecify.annotations.NullMarked;
