package examples.dmq.client;

import java.nio.charset.StandardCharsets;

/**
 * What a node has answered.
 *
 * @param status as {@link examples.dmq.channel.Status#code} has it
 * @param body what follows
 */
@SuppressWarnings("ArrayRecordComponent") // taken apart at once, compared by nobody
record Answer(int status, byte[] body) {

  /** The reason of a refusal. */
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
