package spyglass.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who makes a cache, who waits, and who goes away. The locks are a process's, so each is one. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class QueueTest {

  @TempDir private Path folder;

  /** Says whether it is its turn, and keeps it until its input ends. */
  static final class Customer {
    public static void main(String[] args) throws IOException {
      System.out.println("here");
      try (Queue queue = Queue.in(Path.of(args[0]))) {
        System.out.println(queue.isMyTurn());
        while (System.in.read() >= 0) {
          // It only waits.
        }
      }
    }
  }

  private record Running(Process process, BufferedReader said) implements AutoCloseable {

    void end() throws IOException {
      process.getOutputStream().close();
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts a test", e);
      }
    }

    @Override
    public void close() throws IOException {
      end();
    }
  }

  private Running arrive() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Customer.class.getName(),
                folder.toString())
            .redirectError(Redirect.INHERIT)
            .start();
    Running running = new Running(process, process.inputReader());
    assertEquals("here", running.said().readLine());
    return running;
  }

  private boolean isHeld(String lock) throws IOException {
    String inode = ":" + Files.getAttribute(folder.resolve(lock), "unix:ino") + " ";
    return Files.readString(Path.of("/proc/locks")).contains(inode);
  }

  @Test
  void one_makes_one_waits_and_others_give_up_at_once() throws Exception {
    try (Running first = arrive()) {
      assertEquals("true", first.said().readLine());
      try (Running second = arrive()) {
        while (!Files.exists(folder.resolve("next")) || !isHeld("next")) {
          Thread.onSpinWait();
        }
        try (Running third = arrive()) {
          assertEquals("false", third.said().readLine());
        }
        assertFalse(second.said().ready(), "it is not its turn yet");
        first.end();
        assertEquals("true", second.said().readLine());
        assertFalse(isHeld("next"), "the place of the one who waits is free again");
      }
    }
    for (String lock : new String[] {"lock", "next"}) {
      var access = Files.getPosixFilePermissions(folder.resolve(lock));
      assertEquals("rw-------", PosixFilePermissions.toString(access));
    }
  }
}
