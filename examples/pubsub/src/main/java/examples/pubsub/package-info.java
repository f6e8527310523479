/** Hands lines from publishers to subscribers, topic by topic. */
@NullMarked
package examples.pubsub;

import org.jspecify.annotations.NullMarked;
