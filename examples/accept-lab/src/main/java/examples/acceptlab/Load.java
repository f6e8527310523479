package examples.acceptlab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Some connections, a few of them at once.
 *
 * @param lines what each asks for, in this order
 * @param clients how many are open at the same time
 * @param most nothing new is begun after so long
 */
record Load(List<String> lines, int clients, Duration most) {

  /** Every connection is like the others. */
  static Load even(int connections, int clients, Duration most) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      lines.add("hello " + i);
    }
    return new Load(lines, clients, most);
  }

  /** One in ten is slow, by chance, which is the same with each run of the same seed. */
  static Load uneven(int connections, int slowMillis, long seed, int clients, Duration most) {
    Random chance = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      lines.add(chance.nextInt(10) == 0 ? "work " + slowMillis : "work 0");
    }
    return new Load(lines, clients, most);
  }

  /** Puts it on a server and returns when every connection has ended, one way or the other. */
  List<Answer> on(int port) throws InterruptedException {
    Queue<String> left = new ConcurrentLinkedQueue<>(lines);
    Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    long until = System.nanoTime() + most.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                for (String line = left.poll();
                    line != null && System.nanoTime() - until < 0;
                    line = left.poll()) {
                  answers.add(Client.ask(port, line));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return List.copyOf(answers);
  }
}
