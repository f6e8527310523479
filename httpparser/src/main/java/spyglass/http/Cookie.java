package spyglass.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cookie to be set (RFC 6265bis section 4.1). What could break out of the field, or what every
 * browser would silently drop, is refused here with an IllegalArgumentException.
 *
 * @param name a token; browsers tell case apart
 * @param value visible ASCII without quote, comma, semicolon and backslash: encode what may hold
 *     more, for example with URLEncoder
 * @param path where it is sent back
 * @param domain sent to this domain and all below it; absent: to the very host that set it, which
 *     is the safer choice
 * @param maxAge absent: until the browser is closed; zero: gone at once
 * @param secure sent over TLS only; always set it where the site has TLS
 * @param httpOnly out of reach of the page's scripts
 * @param sameSite whether it goes along with requests that other sites cause
 */
public record Cookie(
    String name,
    String value,
    String path,
    Optional<String> domain,
    Optional<Duration> maxAge,
    boolean secure,
    boolean httpOnly,
    SameSite sameSite) {

  /** How far a cookie follows requests from other sites. */
  public enum SameSite {
    /** Never. */
    STRICT,
    /** When a visitor follows a link, but not with a form's POST or an embedded image. */
    LAX,
    /** Always; browsers want it {@code Secure} then. */
    NONE
  }

  private static final Pattern VALUE = Pattern.compile("[!#-+\\--:<-\\[\\]-~]*");
  private static final Pattern PATH = Pattern.compile("/[ -:<-~]*");
  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*+");
  private static final int LONGEST = 4096;
  private static final int LONGEST_ATTRIBUTE = 1024;

  /** Checks each component; what must fit together is checked when the cookie is set. */
  public Cookie {
    demand(Token.is(name), "a cookie's name is a token");
    demand(VALUE.matcher(value).matches(), "a character no cookie value may hold");
    demand(name.length() + value.length() <= LONGEST, "browsers drop so long a cookie");
    demand(PATH.matcher(path).matches(), "a cookie's path begins with / and has no semicolon");
    demand(path.length() <= LONGEST_ATTRIBUTE, "browsers ignore so long a path");
    demand(domain.isEmpty() || DOMAIN.matcher(domain.get()).matches(), "no domain name");
    demand(maxAge.isEmpty() || !maxAge.get().isNegative(), "a cookie's age is not negative");
  }

  /** For the whole site until the browser is closed, HttpOnly and SameSite=Lax. */
  public static Cookie of(String name, String value) {
    return new Cookie(
        name, value, "/", Optional.empty(), Optional.empty(), false, true, SameSite.LAX);
  }

  /** The same cookie for a part of the site. */
  public Cookie withPath(String other) {
    return new Cookie(name, value, other, domain, maxAge, secure, httpOnly, sameSite);
  }

  /** The same cookie for a domain and all below it. */
  public Cookie withDomain(String other) {
    return new Cookie(name, value, path, Optional.of(other), maxAge, secure, httpOnly, sameSite);
  }

  /** The same cookie with an end. */
  public Cookie withMaxAge(Duration other) {
    return new Cookie(name, value, path, domain, Optional.of(other), secure, httpOnly, sameSite);
  }

  /** The same cookie over TLS only. */
  public Cookie withSecure() {
    return new Cookie(name, value, path, domain, maxAge, true, httpOnly, sameSite);
  }

  /** The same cookie, open to the page's scripts. */
  public Cookie withScripts() {
    return new Cookie(name, value, path, domain, maxAge, secure, false, sameSite);
  }

  /** The same cookie with another rule for other sites. */
  public Cookie withSameSite(SameSite other) {
    return new Cookie(name, value, path, domain, maxAge, secure, httpOnly, other);
  }

  /** What makes the browser forget it: same name, path and domain, no value, no time left. */
  public Cookie gone() {
    return new Cookie(
        name, "", path, domain, Optional.of(Duration.ZERO), secure, httpOnly, sameSite);
  }

  /**
   * The value of its Set-Cookie field.
   *
   * @throws IllegalArgumentException when browsers would drop it: SameSite=None that is not Secure,
   *     or a name that begins with {@code __Secure-} or {@code __Host-} without what that promises
   */
  String field() {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean host = lower.startsWith("__host-");
    demand(secure || sameSite != SameSite.NONE, "SameSite=None wants Secure");
    demand(secure || (!host && !lower.startsWith("__secure-")), "its prefix wants Secure");
    demand(!host || (path.equals("/") && domain.isEmpty()), "__Host- wants Path=/ and no Domain");
    StringBuilder line = new StringBuilder(name).append('=').append(value);
    line.append("; Path=").append(path);
    domain.ifPresent(name -> line.append("; Domain=").append(name));
    maxAge.ifPresent(age -> line.append("; Max-Age=").append(age.toSeconds()));
    line.append(secure ? "; Secure" : "").append(httpOnly ? "; HttpOnly" : "");
    String site =
        switch (sameSite) {
          case STRICT -> "Strict";
          case LAX -> "Lax";
          case NONE -> "None";
        };
    return line.append("; SameSite=").append(site).toString();
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      // Without the value: it may be a session, and this may end in a log.
      throw new IllegalArgumentException(otherwise);
    }
  }
}
