/**
 * Functions from an app to an app, for what is the same around every app. They are applied from the
 * inside out, and the last one applied sees a request first and an answer last:
 *
 * <pre>{@code
 * App app = new SecurityHeaders().apply(new Shop());
 * app = AccessLog.combined(System.out::println).apply(app);
 * app = new RequestId().apply(app);
 * }</pre>
 */
@NullMarked
package spyglass.http.middleware;

import org.jspecify.annotations.NullMarked;
