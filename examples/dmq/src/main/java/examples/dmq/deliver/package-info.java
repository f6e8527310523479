/** Records that are posted to a URL, which may be that of an app that sleeps. */
@NullMarked
package examples.dmq.deliver;

import org.jspecify.annotations.NullMarked;
