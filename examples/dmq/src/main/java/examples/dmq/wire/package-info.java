/** The binary protocol, which docs/dmq.md has to the byte. */
@NullMarked
package examples.dmq.wire;

import org.jspecify.annotations.NullMarked;
