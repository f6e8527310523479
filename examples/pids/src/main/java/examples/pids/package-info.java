/** Says which process answered. */
@NullMarked
package examples.pids;

import org.jspecify.annotations.NullMarked;
