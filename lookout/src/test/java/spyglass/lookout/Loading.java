package spyglass.lookout;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A program that loads libraries, one after the other, while another thread gives back pages all the
 * time, and then calls each. A process of its own: if a library is damaged, a signal ends it.
 */
final class Loading {

  private static final byte[] TEXT = "as good as any".getBytes(StandardCharsets.US_ASCII);

  private Loading() {}

  /** The folder for copies of a library, and how many of them to load. */
  public static void main(String[] args) throws Throwable {
    FilePages pages = FilePages.ofThisMoment();
    Path library = Path.of(System.getProperty("java.home"), "lib", "libzip.so");
    List<Path> copies = new ArrayList<>();
    for (int i = Integer.parseInt(args[1]); i > 0; i--) {
      copies.add(Files.copy(library, Path.of(args[0], "lib" + i + ".so")));
    }
    Thread givesBack =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (true) {
                pages.giveBack();
              }
            });
    List<MethodHandle> functions = new ArrayList<>();
    for (Path copy : copies) {
      functions.add(load(copy));
    }
    for (MethodHandle function : functions) {
      call(function);
    }
    System.out.println("loaded; the other thread is " + (givesBack.isAlive() ? "alive" : "dead"));
  }

  // A library's functions are not what their name promises; that is what this is about.
  @SuppressWarnings("restricted")
  private static MethodHandle load(Path library) {
    return Linker.nativeLinker()
        .downcallHandle(
            SymbolLookup.libraryLookup(library, Arena.global()).find("ZIP_CRC32").orElseThrow(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
  }

  /** It calls another through the table of addresses that the loader has written. */
  private static void call(MethodHandle crc) throws Throwable {
    CRC32 right = new CRC32();
    right.update(TEXT);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, TEXT);
      int found = (int) crc.invokeExact(0, bytes, TEXT.length);
      if (found != (int) right.getValue()) {
        throw new AssertionError("a library computes something else: " + found);
      }
    }
  }
}
