/**
 * What every process of ours does about being one: its name, its parent, its signals, its end.
 */
@NullMarked
package spyglass.process;

import org.jspecify.annotations.NullMarked;
