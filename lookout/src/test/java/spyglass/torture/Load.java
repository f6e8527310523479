package spyglass.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import spyglass.e2e.Client;

/**
 * Clients who ask as fast as they can, over connections that they keep, and count every failure. It
 * is made for servers from which nobody is torn away, so nothing but an answer is right.
 */
final class Load implements AutoCloseable {

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger crossed = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> clients = new ArrayList<>();
  private final int port;
  private final String target;
  private volatile boolean over;

  /**
   * Begins.
   *
   * @param target what they ask for
   * @param clients how many ask at the same time; each fourth has a connection for each request
   * @param most how many requests there are to be, all together
   */
  Load(int port, String target, int clients, int most) {
    this.port = port;
    this.target = target;
    for (int i = 0; i < clients; i++) {
      boolean keeps = i % 4 != 3;
      this.clients.add(threads.submit(() -> ask(keeps, number -> number <= most)));
    }
  }

  private void ask(boolean keeps, LongPredicate more) {
    while (!over && more.test(asked.get() + 1L)) {
      try (Client client = new Client(port)) {
        askOver(client, keeps, more);
      } catch (IOException e) {
        failures.add("connecting: " + e);
      }
    }
  }

  /** Requests over one connection, until it ends or there have been enough. */
  private void askOver(Client client, boolean keeps, LongPredicate more) {
    boolean used = false;
    boolean goesOn = true;
    while (goesOn && !over && more.test(asked.incrementAndGet())) {
      boolean heard = false;
      try {
        client.ask(target, keeps ? "" : "Connection: close\r\n");
        client.awaitFirstByte();
        heard = true;
        Client.Answer answer = client.answer();
        if (answer.status() == 200) {
          answered.incrementAndGet();
        } else {
          failures.add(answer.toString());
        }
        goesOn = keeps && !answer.field("Connection").equals("close");
      } catch (IOException e) {
        // RFC 9112 section 9.5: an idle connection may end while the next request is on its way.
        if (used && !heard) {
          crossed.incrementAndGet();
        } else {
          failures.add((heard ? "the answer broke off: " : "no answer: ") + e);
        }
        goesOn = false;
      }
      used = true;
    }
  }

  int answered() {
    return answered.get();
  }

  /** Requests that were sent while the server was closing the idle connection: to be repeated. */
  int crossed() {
    return crossed.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Waits until there were enough requests. */
  void await() throws Exception {
    for (Future<?> client : clients) {
      client.get();
    }
  }

  @Override
  public void close() {
    over = true;
    threads.close();
  }
}
