package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** What a wake leaves behind; what becomes of the pages is for the tests of whole servers. */
final class FilePagesTest {

  @Test
  void whatNobodyNeedsAnyMoreIsCollectedEachTime() {
    WeakReference<byte[]> left = new WeakReference<>(new byte[1000]);
    new FilePages().run();
    assertNull(left.get(), "the heap would grow with each sleep");
  }
}
