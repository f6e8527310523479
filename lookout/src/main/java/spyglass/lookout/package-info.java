/**
 * The way in. {@link spyglass.lookout.CommandMain} reads the command line, {@link
 * spyglass.lookout.Server} opens the socket and turns itself into the {@link
 * spyglass.lookout.Lookout}, which waits.
 */
@NullMarked
package spyglass.lookout;

import org.jspecify.annotations.NullMarked;
