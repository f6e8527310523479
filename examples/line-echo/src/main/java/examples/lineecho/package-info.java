/** Sends each line back when it is ended. */
@NullMarked
package examples.lineecho;

import org.jspecify.annotations.NullMarked;
