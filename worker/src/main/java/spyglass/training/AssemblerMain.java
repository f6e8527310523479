package spyglass.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Exit;
import spyglass.process.ProcessName;

/**
 * Makes a cache of what a worker has recorded, when that worker is gone. It holds nothing that a server
 * needs: descriptor 0 is a pipe to the worker, 1 is /dev/null, 2 the log. Nobody waits for it, and it
 * has the lowest priority there is.
 */
public final class AssemblerMain {

  /** Longer than this nobody needs, even one of a crowd of apps that go to sleep at once. */
  private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private static final Logger LOG = LoggerFactory.getLogger("Assembler");

  /** Stands for the stamp where the worker has met nobody. */
  static final String UNUSED = "unused";

  private AssemblerMain() {}

  /** Takes the cache's path, the recording's, the stamp of the jars, and the worker's command. */
  public static void main(String[] args) throws IOException {
    ProcessName.set("spy-assembler");
    List<String> worker = List.of(args).subList(3, args.length);
    Assembly assembly =
        new Assembly(new AppCache(Path.of(args[0])), Path.of(args[1]), args[2], worker);
    Thread.ofPlatform().daemon().name("limit").start(() -> endInTime(assembly));
    int status = Exit.FINE;
    try {
      assembly.slowDownWorker();
      while (System.in.read() >= 0) {
        // It says nothing; what is awaited is its end.
      }
      if (args[2].equals(UNUSED)) {
        assembly.leaveToFirst();
      } else {
        assembly.make();
      }
    } catch (IOException e) {
      if (assembly.isWithdrawn()) {
        System.exit(Exit.FINE);
      }
      LOG.warn("no cache could be made ({}): wakes take longer", e.getMessage());
      assembly.giveUp();
      status = Exit.SYSTEM;
    } catch (InterruptedException e) {
      status = Exit.SYSTEM;
    }
    System.exit(status);
  }

  private static void endInTime(Assembly assembly) {
    try {
      Thread.sleep(LONGEST_MILLIS);
    } catch (InterruptedException e) {
      // Nobody does that; then at once.
    }
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    assembly.giveUp();
    Runtime.getRuntime().halt(Exit.SYSTEM);
  }
}
