package spyglass.http;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The four forms of a request-target (RFC 9112 section 3.2), and who may use which. */
final class Target {

  // (?s): to a regex the byte 0x85 is a line end, which a dot would not take.
  private static final Pattern ABSOLUTE = Pattern.compile("(?is)https?://([^/?]*)([/?].*)?");

  private Target() {}

  /** A refusal, or null for a target we serve. */
  static @Nullable Refused check(String method, String target) {
    if (method.equals("CONNECT")) {
      // A tunnel is a proxy's business, and after a 2xx to CONNECT the client would no longer
      // speak HTTP.
      return authority(target)
          ? new Refused(501, "This is no proxy: CONNECT is not for it.")
          : new Refused(400, "CONNECT needs a host and a port.");
    }
    if (target.indexOf('\t') >= 0) {
      // Undertow takes it, and Scan allows it because a field's value may hold one.
      return new Refused(400, "A tab in the target.");
    }
    if (target.indexOf('#') >= 0) {
      return new Refused(400, "A fragment is the client's business and is never sent.");
    }
    if (target.startsWith("/")) {
      return null;
    }
    if (target.equals("*")) {
      return method.equals("OPTIONS") ? null : new Refused(400, "Only OPTIONS may ask for *.");
    }
    var absolute = ABSOLUTE.matcher(target);
    return absolute.matches() && !absolute.group(1).isEmpty() && Host.legal(absolute.group(1))
        ? null
        : new Refused(400, "The target is neither a path nor an http URI.");
  }

  /** The authority of an absolute-form target. */
  static Optional<String> authorityOf(String target) {
    if (target.startsWith("/")) {
      return Optional.empty();
    }
    var absolute = ABSOLUTE.matcher(target);
    return absolute.matches() ? Optional.of(absolute.group(1)) : Optional.empty();
  }

  private static boolean authority(String target) {
    int colon = target.lastIndexOf(':');
    return colon > 0 && colon < target.length() - 1 && Host.legal(target);
  }
}
