package spyglass.http;

import java.util.List;
import spyglass.http.Lint.Clause;

/** What {@link Lint} asks of a request before the app sees it. */
final class LintRequest {

  private LintRequest() {}

  // The types promise that nothing here is null, but only to code that was compiled with NullAway.
  static void check(Request request) {
    Clause.REQUEST_WHOLE.unless(request != null, "request");
    Clause.REQUEST_WHOLE.unless(request.method() != null, "method");
    Clause.REQUEST_WHOLE.unless(request.target() != null, "target");
    Clause.REQUEST_WHOLE.unless(request.version() != null, "version");
    Clause.REQUEST_WHOLE.unless(request.headers() != null, "headers");
    Clause.REQUEST_WHOLE.unless(request.body() != null, "body");
    Clause.REQUEST_WHOLE.unless(request.peer() != null, "peer");
    Clause.REQUEST_WHOLE.unless(request.hints() != null, "hints");
    Clause.METHOD.unless(Token.is(request.method()), request.method());
    Clause.TARGET.unless(legalTarget(request.target()), request.target());
    boolean known = request.version().equals("HTTP/1.1") || request.version().equals("HTTP/1.0");
    Clause.VERSION.unless(known, request.version());
    for (Headers.Field field : request.headers()) {
      boolean legal = Token.is(field.name()) && FieldCheck.isLegalValue(field.value());
      boolean bare = field.value().equals(field.value().strip());
      Clause.REQUEST_FIELD.unless(legal && bare, field.name() + ": " + field.value());
    }
    host(request);
    length(request.headers());
  }

  private static void host(Request request) {
    int hosts = request.headers().all("Host").size();
    boolean enough = hosts == 1 || (hosts == 0 && request.version().equals("HTTP/1.0"));
    Clause.HOST.unless(enough, hosts + " of them in " + request.version());
    Clause.AUTHORITY.unless(Host.legal(request.authority()), request.authority());
  }

  private static void length(Headers headers) {
    List<String> lengths = headers.all("Content-Length");
    List<String> codings = headers.all("Transfer-Encoding");
    String culprit = "Content-Length " + lengths + ", Transfer-Encoding " + codings;
    Clause.ONE_LENGTH.unless(lengths.size() + codings.size() <= 1, culprit);
    Clause.ONE_LENGTH.unless(lengths.isEmpty() || number(lengths.getFirst()), culprit);
  }

  private static boolean legalTarget(String target) {
    return !target.isEmpty() && target.chars().noneMatch(c -> c <= ' ' || c == 0x7f || c > 0xff);
  }

  /** Whether this is a plain number: digits only, and not too many for a long. */
  static boolean number(String digits) {
    return digits.matches("[0-9]{1,18}");
  }
}
