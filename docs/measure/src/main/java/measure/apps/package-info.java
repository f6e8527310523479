/** Two apps that Spyglass is measured with: one that answers as its peers do, and a big one. */
@NullMarked
package measure.apps;

import org.jspecify.annotations.NullMarked;
