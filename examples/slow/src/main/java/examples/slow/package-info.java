/** Takes its time, so that a graceful stop can be seen. */
@NullMarked
package examples.slow;

import org.jspecify.annotations.NullMarked;
