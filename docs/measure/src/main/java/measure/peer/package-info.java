/**
 * Other servers, each in the few lines that its own documents begin with: 13 bytes at {@code /}, ten
 * thousand at {@code /10k}, and to a POST the number of its bytes. Each is a program of its own, so that
 * its memory and its time are its own, too.
 */
@NullMarked
package measure.peer;

import org.jspecify.annotations.NullMarked;
