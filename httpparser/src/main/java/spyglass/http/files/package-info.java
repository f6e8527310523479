/**
 * Files from a folder, the way HTTP wants them: {@link spyglass.http.files.Folder} decides which
 * file is meant and may be shown, {@link spyglass.http.files.FileAnswer} what of it is sent, {@code
 * Preconditions} whether the client has it already, {@code Ranges} which bytes are asked for.
 */
@NullMarked
package spyglass.http.files;

import org.jspecify.annotations.NullMarked;
