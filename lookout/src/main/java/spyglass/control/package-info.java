/**
 * How a lookout is spoken to while it watches: one selector loop, doors with limits, talks of lines, and
 * what is said over the control socket and to Prometheus. Plain JDK and lean: it sleeps with it.
 */
@NullMarked
package spyglass.control;

import org.jspecify.annotations.NullMarked;
