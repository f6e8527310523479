/** Sends back whatever comes: the smallest protocol. */
@NullMarked
package examples.echo;

import org.jspecify.annotations.NullMarked;
