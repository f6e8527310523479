package spyglass.lookout;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a sleeper small: garbage is collected, and then the pages of files go. Two thirds of the
 * memory that a JVM occupies are pages of files, of libjvm.so and of its cache of classes, which are
 * there because they were read once. Nobody has written to them, so they can be given back: a thread
 * that touches one again gets it from the file, or rather, as long as the machine has memory to spare,
 * from the kernel's copy of that, within a microsecond. (You will see it: {@code Rss} in
 * /proc/PID/smaps_rollup falls to a third when a server falls asleep.)
 *
 * <p>madvise(2) with MADV_DONTNEED does that, and throws away for good what was written to a page. So
 * it is for mappings only to which nobody can write and of which every page is the file's: neither
 * {@code Anonymous}, as the kernel calls a copy that was written to, nor {@code Swap}.
 *
 * <p>Such a list is true at the moment at which it is read and at no other. While one thread reads it,
 * another may load a library, and the loader (ld.so(8)) begins by mapping the whole file read-only. Only
 * then does it map the part over it that can be written to, and writes the addresses of functions
 * there. The list has the first of the two; to give that back is to throw the addresses away, and the
 * next call of such a function ends the process. To look again helps nobody, since the same can happen
 * after each look. So the list is read once, while nothing is loaded, and holds only what stays as it is
 * until the process ends: a JVM never unloads its own libraries, nor a cache that it has taken. What is
 * loaded later is never given back; that is little.
 */
final class FilePages implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  private static final String MAPPINGS = "/proc/self/smaps";
  private static final int HEX = 16;

  /** Where each begins, and where it ends, in turn. */
  private final long[] bounds;

  private FilePages(long[] bounds) {
    this.bounds = bounds;
  }

  /**
   * Lists the pages that this process can give back from here on. To be called first of all in {@code
   * main}: as long as that thread is the only one that runs a program, nothing else maps a file.
   */
  static FilePages ofThisMoment() {
    try {
      return new FilePages(find());
    } catch (IOException | RuntimeException e) {
      LOG.debug("cannot tell which pages can be given back: {}", e.toString());
      return new FilePages(new long[0]);
    }
  }

  /**
   * Gives back what it can: on a thread of its own, because it takes some milliseconds for which no
   * visitor should wait, and because what the loop does meanwhile would bring pages back.
   */
  void giveBackSoon() {
    try {
      Thread thread = new Thread(this, "pages");
      thread.setDaemon(true);
      thread.start();
    } catch (OutOfMemoryError e) {
      LOG.debug("no thread to give pages back: {}", e.getMessage());
    }
  }

  @Override
  public void run() {
    // Or the heap would grow at each wake by what outlives a collection of the young, until all it
    // may have is full: the collector asks for more before it cleans up. Here nobody waits for it.
    System.gc();
    giveBack();
  }

  /** As the last thing: whatever runs after it brings its pages back. */
  void giveBack() {
    try {
      // What MappedByteBuffers and MemorySegments use for files that a program maps itself.
      // --add-opens opens it to us; a JDK that has it no more sleeps a little larger.
      Method unload =
          Class.forName("java.nio.MappedMemoryUtils")
              .getDeclaredMethod("unload0", long.class, long.class);
      unload.setAccessible(true);
      for (int i = 0; i < bounds.length; i += 2) {
        unload.invoke(null, bounds[i], bounds[i + 1] - bounds[i]);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.debug("cannot give pages back: {}", e.toString());
    }
  }

  /**
   * A mapping is a line with its addresses, permissions and file, and then a line for each of its
   * figures, of which VmFlags is the last (proc_pid_smaps(5)).
   */
  private static long[] find() throws IOException {
    long[] bounds = new long[64];
    int count = 0;
    try (var lines = new BufferedReader(new FileReader(MAPPINGS, StandardCharsets.ISO_8859_1))) {
      String mapping = "";
      int untouched = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!Character.isUpperCase(line.charAt(0))) {
          mapping = line;
          untouched = 0;
        } else if (line.startsWith("Anonymous:") || line.startsWith("Swap:")) {
          untouched += line.endsWith(" 0 kB") ? 1 : 0;
        } else if (line.startsWith("VmFlags:") && untouched == 2 && isReadOnlyFile(mapping)) {
          bounds = count == bounds.length ? Arrays.copyOf(bounds, 2 * count) : bounds;
          int dash = mapping.indexOf('-');
          bounds[count++] = Long.parseLong(mapping, 0, dash, HEX);
          bounds[count++] = Long.parseLong(mapping, dash + 1, mapping.indexOf(' '), HEX);
        }
      }
    }
    return Arrays.copyOf(bounds, count);
  }

  /** As in {@code 7f1c00-7f1d00 r-xp 00002000 fe:01 1234   /lib/x.so}. */
  private static boolean isReadOnlyFile(String mapping) {
    int permissions = mapping.indexOf(' ') + 1;
    return mapping.charAt(permissions + 1) == '-' && mapping.indexOf('/') > 0;
  }
}
