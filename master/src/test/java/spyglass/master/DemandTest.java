package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemandTest {

  @Test
  void eachLineIsADemand() {
    assertEquals(Optional.of(new Demand.Status()), Demand.of("status"));
    assertEquals(Optional.of(new Demand.Dump()), Demand.of("dump"));
    assertEquals(Optional.of(new Demand.Reload()), Demand.of("reload"));
    assertEquals(Optional.of(new Demand.More()), Demand.of("more"));
    assertEquals(Optional.of(new Demand.Fewer()), Demand.of("fewer"));
    assertEquals(Optional.of(new Demand.Sleep()), Demand.of("sleep"));
    assertEquals(Optional.of(new Demand.Cut()), Demand.of("cut"));
    assertEquals(Optional.of(new Demand.Scale(1)), Demand.of("scale 1"));
    assertEquals(Optional.of(new Demand.Scale(256)), Demand.of("scale 256"));
  }

  @Test
  void whatIsNoneIsNone() {
    for (String line :
        List.of(
            "", "Status", "scale", "scale 0", "scale 257", "scale -1", "scale 1 ", "scale 9999")) {
      assertEquals(Optional.empty(), Demand.of(line), line);
    }
  }
}
