/** The same load on every way to accept a connection: a table and a picture. */
@NullMarked
package examples.acceptlab;

import org.jspecify.annotations.NullMarked;
