package examples.dmq;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of one node, without a socket. */
abstract class OneNode {

  @TempDir Path data;
  Dmq node;
  Talk talk;

  @BeforeEach
  final void start() throws Exception {
    start(Map.of("size", "256KiB"));
  }

  final void start(Map<String, String> options) throws Exception {
    node = new Dmq();
    node.start(Told.of(data, options));
    talk = new Talk(node);
  }

  @AfterEach
  void stop() throws Exception {
    node.sleep(Instant.now().plusSeconds(5));
  }
}
