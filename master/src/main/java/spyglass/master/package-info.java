/**
 * Babysits the workers. {@link spyglass.master.Master} is one loop over one queue; {@link
 * spyglass.master.Crew} decides and makes no system call; the processes themselves are in {@link
 * spyglass.master.Child}.
 */
@NullMarked
package spyglass.master;

import org.jspecify.annotations.NullMarked;
