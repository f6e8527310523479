/**
 * Log lines, one write each, to descriptor 2: the slf4j provider of every process of ours.
 */
@NullMarked
package spyglass.log;

import org.jspecify.annotations.NullMarked;
