package spyglass.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What there is to be told of a worker at one moment; see {@link Beat}.
 *
 * @param inFlight what must not be cut short by sleep
 * @param visited whether there was a visit since the moment before
 * @param served how many requests were answered, ever
 * @param stuck how many threads of the app's have not come back, ever
 * @param leaving whether nobody is accepted any more
 * @param unsaved whether the app has not put away what it keeps
 */
record News(
    int inFlight, boolean visited, long served, int stuck, boolean leaving, boolean unsaved) {

  /** Before anything was told. */
  static final News NONE = new News(0, false, 0, 0, false, false);

  boolean isBusy() {
    return inFlight > 0;
  }

  /** The bytes that tell this to whoever knows what was before. */
  byte[] since(News before) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);
    if (inFlight != before.inFlight || served != before.served) {
      String line = (char) Beat.COUNTS + "" + inFlight + " " + served + "\n";
      bytes.write(line.getBytes(StandardCharsets.US_ASCII));
    }
    if (isBusy()) {
      bytes.write(before.isBusy() ? Beat.STILL_BUSY : Beat.BUSY);
    } else if (before.isBusy()) {
      bytes.write(visited ? Beat.IDLE : Beat.UNCOUNTED);
    } else if (visited) {
      bytes.write(Beat.BUSY);
      bytes.write(Beat.IDLE);
    }
    for (int i = before.stuck; i < stuck; i++) {
      bytes.write(Beat.STUCK);
    }
    if (leaving && !before.leaving) {
      bytes.write(Beat.LEAVING);
    }
    if (unsaved && !before.unsaved) {
      bytes.write(Beat.UNSAVED);
    }
    return bytes.toByteArray();
  }
}
