/** Sends each line back with the worker's pid before it. */
@NullMarked
package examples.pidecho;

import org.jspecify.annotations.NullMarked;
