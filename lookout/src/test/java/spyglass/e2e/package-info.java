/**
 * End-to-end tests: the real launcher, real processes, real signals.
 *
 * <p>{@link spyglass.e2e.Tree} starts a server and owns every process of it; no test sleeps and hopes,
 * each waits for what it wants to see, with a deadline.
 */
@NullMarked
package spyglass.e2e;

import org.jspecify.annotations.NullMarked;
