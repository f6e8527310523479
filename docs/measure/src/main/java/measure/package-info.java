/** Measures Spyglass beside its peers, in turns and in one run. */
@NullMarked
package measure;

import org.jspecify.annotations.NullMarked;
