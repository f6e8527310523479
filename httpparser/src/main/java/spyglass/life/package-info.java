/** What surrounds an app or a protocol in its process: how it begins, and how it ends. */
@NullMarked
package spyglass.life;

import org.jspecify.annotations.NullMarked;
