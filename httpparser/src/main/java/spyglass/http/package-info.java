/**
 * HTTP as values, and the contract between a server and an app. Nothing here knows a process, a
 * socket or a thread: bytes go in, values come out.
 *
 * <p>An app author needs {@link spyglass.http.App}, {@link spyglass.http.Request} and {@link
 * spyglass.http.Response}, and {@link spyglass.http.Lint} in a test; files from a folder and
 * what is wrapped around an app have packages of their own below this one. A server's author needs
 * {@link spyglass.http.HttpParser}, {@link spyglass.http.BodyDecoder} and {@link
 * spyglass.http.Reply}.
 */
@NullMarked
package spyglass.http;

import org.jspecify.annotations.NullMarked;
