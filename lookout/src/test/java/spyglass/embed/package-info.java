/** Servers started by a program, for real. */
@NullMarked
package spyglass.embed;

import org.jspecify.annotations.NullMarked;
