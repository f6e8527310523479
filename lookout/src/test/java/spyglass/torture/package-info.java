/**
 * The torture: tests that kill, freeze and starve a server for minutes and then count whether anybody
 * was lost. {@code mvn verify -Ptorture} runs what is called {@code *Torture}; docs/contributing.md says
 * how to read what it prints. The bookkeeping has ordinary tests of its own, which always run.
 */
@NullMarked
package spyglass.torture;

import org.jspecify.annotations.NullMarked;
