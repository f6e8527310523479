/** The smallest app there is. */
@NullMarked
package examples.hello;

import org.jspecify.annotations.NullMarked;
