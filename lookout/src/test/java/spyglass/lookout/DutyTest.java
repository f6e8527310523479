package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a wake starts. */
class DutyTest {

  @TempDir private Path folder;

  private boolean firstRecords(int wanted) {
    String cache = folder.resolve("x").toString();
    List<String> worker = List.of("java", "-cp", "w.jar", "WorkerMain");
    List<String> master =
        List.of("java", "-cp", "m.jar", "MasterMain", "--app-cache", cache, "--", worker.get(0));
    List<String> all = new ArrayList<>(master);
    all.addAll(worker.subList(1, worker.size()));
    Duty duty = new Duty("t", "http://t", "1", "", true, false, 2, false, 1, 1, true, all);
    return duty.boot(wanted).contains("-XX:AOTMode=record");
  }

  @Test
  void theFirstWorkerRecordsIfItIsToBeTheOnlyOneByNow() {
    assertEquals(false, firstRecords(2));
    assertEquals(true, firstRecords(1), "whatever the configuration said");
  }
}
