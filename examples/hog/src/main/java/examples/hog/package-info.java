/** Holds on to memory until the app goes to sleep. */
@NullMarked
package examples.hog;

import org.jspecify.annotations.NullMarked;
