/**
 * The system calls the JDK has no word for. It is expensive to load, so nothing between a first
 * connection and its answer may touch it.
 */
@NullMarked
package spyglass.unix;

import org.jspecify.annotations.NullMarked;
