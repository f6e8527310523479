/** Channels, their subscribers' queues and who takes from them. Knows no protocol. */
@NullMarked
package examples.dmq.channel;

import org.jspecify.annotations.NullMarked;
