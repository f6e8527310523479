/** Says what the server understood of a request. */
@NullMarked
package examples.inspect;

import org.jspecify.annotations.NullMarked;
