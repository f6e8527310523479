package spyglass.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class TimingsTest {

  @Test
  void a_quantile_is_what_so_many_did_not_exceed() {
    Timings timings = Timings.of(IntStream.rangeClosed(1, 200).mapToObj(i -> 201.0 - i).toList());
    assertEquals(100, timings.quantile(0.5));
    assertEquals(198, timings.quantile(0.99));
    assertEquals(200, timings.longest());
    assertEquals("200, p50 100 ms, p90 180 ms, p99 198 ms, longest 200 ms", timings.toString());
  }

  @Test
  void of_nothing_there_is_no_quantile() {
    assertThrows(IllegalStateException.class, () -> Timings.of(List.of()).longest());
  }
}
