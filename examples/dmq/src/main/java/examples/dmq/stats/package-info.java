/** What the node counts, and where it tells it. */
@NullMarked
package examples.dmq.stats;

import org.jspecify.annotations.NullMarked;
