/**
 * One process that answers: accepts from the shared socket, parses, calls the app, writes.
 *
 * <p>Start reading at {@link spyglass.worker.WorkerMain}, then {@link spyglass.worker.Loop} and
 * {@link spyglass.worker.Connection}.
 */
@NullMarked
package spyglass.worker;

import org.jspecify.annotations.NullMarked;
