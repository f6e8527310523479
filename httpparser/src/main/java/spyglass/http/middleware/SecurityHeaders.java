package spyglass.http.middleware;

import java.util.function.UnaryOperator;
import spyglass.http.App;
import spyglass.http.Headers;
import spyglass.http.Request;
import spyglass.http.Response;

/**
 * Adds to each answer what tells browsers to be careful, unless the app has set that field itself.
 *
 * <ul>
 *   <li>{@code X-Content-Type-Options}: a picture is not run because it looks like a script;
 *   <li>{@code Content-Security-Policy}: only this site's own scripts, styles and pictures, none
 *       written into the page, and nobody puts the page into a frame;
 *   <li>{@code X-Frame-Options}: the same about frames, for old browsers;
 *   <li>{@code Referrer-Policy}: other sites do not learn which page led to them;
 *   <li>{@code Cross-Origin-Opener-Policy}: a page that opens this one gets no hold of it;
 *   <li>{@code Strict-Transport-Security}, over https only: no plain HTTP for a year.
 * </ul>
 */
public final class SecurityHeaders implements UnaryOperator<App> {

  private static final String TLS_ONLY = "Strict-Transport-Security";

  private final Headers fields;

  /** With the fields above. */
  public SecurityHeaders() {
    this(
        Headers.of("X-Content-Type-Options", "nosniff")
            .with(
                "Content-Security-Policy",
                "default-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'")
            .with("X-Frame-Options", "DENY")
            .with("Referrer-Policy", "strict-origin-when-cross-origin")
            .with("Cross-Origin-Opener-Policy", "same-origin")
            .with(TLS_ONLY, "max-age=31536000"));
  }

  private SecurityHeaders(Headers fields) {
    this.fields = fields;
  }

  /** The same with another value for a field, or one field more. */
  public SecurityHeaders with(String name, String value) {
    return new SecurityHeaders(fields.set(name, value));
  }

  /** The same without a field. */
  public SecurityHeaders without(String name) {
    return new SecurityHeaders(fields.without(name));
  }

  @Override
  public App apply(App app) {
    return app.wrapped(request -> added(request, app.call(request)));
  }

  private Response added(Request request, Response response) {
    Response answer = response;
    for (Headers.Field field : fields) {
      // Over plain HTTP browsers ignore it, because anybody on the way could have put it in.
      boolean due = request.peer().secure() || !field.is(TLS_ONLY);
      if (due && !response.headers().has(field.name())) {
        answer = answer.withHeader(field.name(), field.value());
      }
    }
    return answer;
  }
}
