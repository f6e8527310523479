/** Holds the documents to the program they describe. */
@NullMarked
package spyglass.docs;

import org.jspecify.annotations.NullMarked;
