package spyglass.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class PlainTest {

  @Test
  void whatATerminalObeysIsEscapedAndTheRestIsNot() {
    String plain = "a\t\u00e4 \u20ac \ud83d\ude00 \\";
    assertSame(plain, Plain.line(plain));
    assertEquals("\\x1b[31m \\u009b31m \\x07 \\x7f", Plain.line("\u001b[31m \u009b31m \7 \u007f"));
    assertEquals("\\u202egpj.exe \\u2066 \\u2028", Plain.line("\u202egpj.exe \u2066 \u2028"));
    for (char c = 0; c < 0xa0; c++) {
      boolean control = (c < ' ' && c != '\t') || c >= 0x7f;
      assertEquals(!control, Plain.isPlain(c), "" + (int) c);
    }
  }

  @Test
  void aLineEndIsEscapedWhereOneLineIsMeant() {
    assertEquals("a\\r\\n[1] [Master] b", Plain.line("a\r\n[1] [Master] b"));
    assertEquals("a\\r\nb\\x1b", Plain.lines("a\r\nb\u001b"));
  }

  @Test
  void noFurtherLineOfAnEventLooksLikeAnEvent() {
    assertEquals(
        "[1] [App] a\n  [2] [Master] b\n\tat c\n  \\r[3]\n d\n",
        Plain.event("[1] [App] a\r\n[2] [Master] b\n\tat c\n\r[3]\n d\n"));
    assertFalse(Plain.event("a\u0085[1] [Master] b").contains("\u0085"));
  }
}
