/**
 * The command's side of the control socket: finds servers, asks them, gives orders, and puts what they
 * say into words or JSON.
 */
@NullMarked
package spyglass.status;

import org.jspecify.annotations.NullMarked;
