package spyglass.http;

/** A token (RFC 9110 section 5.6.2): what methods and field names are made of. */
final class Token {

  private static final String OTHERS = "!#$%&'*+-.^_`|~";

  private Token() {}

  static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !digit && OTHERS.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
