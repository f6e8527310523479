package examples.inspect;

import java.util.HexFormat;

/** The parameters behind the question mark, {@code a=1&b=2}, raw until one is asked for. */
record Query(String raw) {

  /** A control that is not there, or a parameter of one that is missing or out of bounds. */
  static final class Unusable extends Exception {
    Unusable(String message) {
      super(message);
    }
  }

  /** Whether the parameter is there and has this value. */
  boolean is(String name, String value) {
    for (String pair : raw.split("&", -1)) {
      if (pair.equals(name + "=" + value)) {
        return true;
      }
    }
    return false;
  }

  /** A whole number within bounds. */
  int number(String name, int least, int most) throws Unusable {
    String digits = value(name);
    // Ten digits: as many as fit a long for certain, and more than any bound here has.
    long number = digits.matches("[0-9]{1,10}") ? Long.parseLong(digits) : -1;
    if (number < least || number > most) {
      throw new Unusable(name + " must be a number from " + least + " to " + most);
    }
    return (int) number;
  }

  /** A value with its percent signs resolved, each byte one Latin-1 character. */
  String text(String name) throws Unusable {
    String value = value(name);
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      if (isEscape(value, i)) {
        text.append((char) HexFormat.fromHexDigits(value, i + 1, i + 3));
        i += 2;
      } else {
        text.append(value.charAt(i));
      }
    }
    return text.toString();
  }

  private static boolean isEscape(String value, int i) {
    return value.charAt(i) == '%'
        && i + 2 < value.length()
        && HexFormat.isHexDigit(value.charAt(i + 1))
        && HexFormat.isHexDigit(value.charAt(i + 2));
  }

  private String value(String name) throws Unusable {
    for (String pair : raw.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    throw new Unusable(name + " is missing");
  }
}
