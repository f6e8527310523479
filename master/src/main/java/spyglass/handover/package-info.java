/**
 * How a connection gets from the master to a worker: both ends side by side. The master's is {@link
 * spyglass.handover.MasterEnd}, a worker's {@link spyglass.handover.WorkerEnd}. Neither is loaded
 * unless {@code --accept} says that the master accepts.
 */
@NullMarked
package spyglass.handover;

import org.jspecify.annotations.NullMarked;
