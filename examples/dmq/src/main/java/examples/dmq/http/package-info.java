/** The HTTP face of the node, on the same socket. */
@NullMarked
package examples.dmq.http;

import org.jspecify.annotations.NullMarked;
