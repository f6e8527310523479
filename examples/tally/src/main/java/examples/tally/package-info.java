/** Counts in memory, and keeps its count while nobody visits. */
@NullMarked
package examples.tally;

import org.jspecify.annotations.NullMarked;
