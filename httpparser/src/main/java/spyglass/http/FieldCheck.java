package spyglass.http;

/** Whether fields can be sent as they are, or would end their line and begin one of their own. */
final class FieldCheck {

  private FieldCheck() {}

  /**
   * Checks every field of an app's.
   *
   * @throws IllegalArgumentException for one that cannot be sent
   */
  static void all(Headers fields) {
    for (Headers.Field field : fields) {
      if (!Token.is(field.name())) {
        throw new IllegalArgumentException("a field name of the response is not a token");
      }
      if (!isLegalValue(field.value())) {
        throw new IllegalArgumentException(
            "the value of the response's " + field.name() + " holds a byte no field may hold");
      }
    }
  }

  /** Whether a field may have this value: no line can end inside it, and it fits into Latin-1. */
  static boolean isLegalValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
        return false;
      }
    }
    return true;
  }
}
