package examples.acceptlab;

import java.util.OptionalLong;

/** How a connection went, seen by the client. */
sealed interface Answer {

  /**
   * It was answered to the end.
   *
   * @param pid the process that has answered
   * @param nanos from before connect(2) to the last byte of the answer
   * @param asked the line
   */
  record Served(long pid, long nanos, String asked) implements Answer {}

  /**
   * It ended, or was silent for too long, before the answer was whole.
   *
   * @param begunBy the process that had begun with it, if one had said so
   * @param why in the words of the JDK
   */
  record Lost(OptionalLong begunBy, String why) implements Answer {}
}
