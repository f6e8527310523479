package examples.dmq.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A queue in a test: numbers go in and come out as records of different lengths. */
final class Store {

  static final int RECORD = 60_000;

  /** Memory for some hundreds of them. */
  static final int SIZE = 64 << 10;

  /** Disk for all of them. */
  static final long PLENTY = 1L << 40;

  private final Path root;
  private final Limits limits;
  private final Object lock = new Object();
  final List<String> told = new ArrayList<>();
  Queue queue;

  Store(Path root, int size, long overflow, boolean always) throws IOException {
    this.root = root;
    this.limits = new Limits(size, List.of(), overflow, RECORD, always);
    this.queue = open();
  }

  private Queue open() throws IOException {
    return new Queue(root, "news", lock, limits, told::add);
  }

  /** A record that is a number and as many bytes again as that says. */
  static byte[] record(int number) {
    byte[] record = new byte[Integer.BYTES + number * 31 % 193];
    for (int i = Integer.BYTES; i < record.length; i++) {
      record[i] = (byte) (number + i);
    }
    ByteBuffer.wrap(record).putInt(0, number);
    return record;
  }

  boolean put(int number) throws IOException {
    byte[] record = record(number);
    synchronized (lock) {
      if (!queue.hasRoom(record.length)) {
        return false;
      }
      queue.put(record, 0, record.length);
      return true;
    }
  }

  /** Numbers for all of which there must be room, committed. */
  void put(int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      assertTrue(put(i), "no room for " + i);
    }
    queue.commit();
  }

  static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  /** The next number, -1 when there is none. */
  int take() throws IOException {
    synchronized (lock) {
      int length = queue.next();
      if (length < 0) {
        return -1;
      }
      byte[] record = new byte[length];
      queue.take(record, 0);
      int number = ByteBuffer.wrap(record).getInt();
      if (!java.util.Arrays.equals(record, record(number))) {
        throw new AssertionError("a record has other bytes than were put: " + number);
      }
      return number;
    }
  }

  /** All that is left. */
  List<Integer> drain() throws IOException {
    List<Integer> all = new ArrayList<>();
    for (int number = take(); number >= 0; number = take()) {
      all.add(number);
    }
    return all;
  }

  void sleepAndWake() throws IOException {
    queue.sleep();
    queue = open();
  }

  /** What is left when the process ends without a word: the files, and no memory. */
  void dieAndWake() throws IOException {
    queue = open();
  }

  /** The files of records there are, and all others. */
  List<Path> files() throws IOException {
    if (!Files.isDirectory(root.resolve("news"))) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(root.resolve("news"))) {
      return all.sorted().toList();
    }
  }

  List<Path> setAside() throws IOException {
    if (!Files.isDirectory(root.resolve(".damaged"))) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(root.resolve(".damaged"))) {
      return all.sorted().toList();
    }
  }
}
