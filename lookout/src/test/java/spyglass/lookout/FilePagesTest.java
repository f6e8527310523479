package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a wake leaves behind, and what must stay. */
final class FilePagesTest {

  private static final int LIBRARIES = 300;

  @Test
  void whatNobodyNeedsAnyMoreIsCollectedEachTime() {
    WeakReference<byte[]> left = new WeakReference<>(new byte[1000]);
    FilePages.ofThisMoment().run();
    assertNull(left.get(), "the heap would grow with each sleep");
  }

  @Test
  @Timeout(120)
  void aLibraryThatIsLoadedWhilePagesAreGivenBackWorks(@TempDir Path folder) throws Exception {
    List<String> command =
        new ArrayList<>(Flags.base(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED")));
    command.addAll(List.of(Flags.NATIVE_ACCESS, "-XX:-CreateCoredumpOnCrash"));
    command.addAll(List.of("-XX:ErrorFile=" + folder.resolve("crash"), "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), Loading.class.getName()));
    command.addAll(List.of(folder.toString(), "" + LIBRARIES));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertTrue(said.contains("loaded; the other thread is alive"), said);
  }
}
