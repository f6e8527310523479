/** A node of a distributed message queue in memory. docs/dmq.md tells all about it. */
@NullMarked
package examples.dmq;

import org.jspecify.annotations.NullMarked;
