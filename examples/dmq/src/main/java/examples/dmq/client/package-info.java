/** A client that knows the nodes. */
@NullMarked
package examples.dmq.client;

import org.jspecify.annotations.NullMarked;
