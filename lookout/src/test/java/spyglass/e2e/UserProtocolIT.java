package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocols that somebody else has written, compiled with the contract's jar and nothing more. */
@Timeout(120)
@SuppressWarnings("try") // clients leave when it matters, and again when all is done
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class UserProtocolIT {

  private static final String COUNTER =
      """
      @Provides(name = "counter", about = "Counts.", options = @Provides.Option(name = "from", value = "1", about = "The first."))
      public final class Counter implements Protocol {
        private java.util.concurrent.atomic.AtomicLong next;
        public void start(spyglass.protocol.Context context) {
          next = new java.util.concurrent.atomic.AtomicLong(context.number("from", 0, 1000));
        }
        public long next() {
          return next.getAndIncrement();
        }
        public ProtocolHandler open(Link link) {
          throw new IllegalStateException("for others only");
        }
      }
      """;

  private static final String TICKETS =
      """
      @Provides(name = "tickets", about = "Hands out numbers.", needs = "counter")
      public final class Tickets implements Protocol {
        private final Lines lines = new Lines(100, new byte[0]);
        private Counter counter;
        public void start(spyglass.protocol.Context context) {
          counter = (Counter) context.needed("counter");
        }
        public ProtocolHandler open(Link link) {
          return (bytes, messages) -> lines.each(bytes, line -> messages.accept(
              client -> client.write(("ticket " + counter.next() + "\\n").getBytes())));
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void a_protocol_that_needs_another_of_the_same_jar_serves() throws Exception {
    String jar =
        TestJar.in(folder)
            .type("Counter", COUNTER)
            .type("Tickets", TICKETS)
            .offeringProtocols("Counter", "Tickets")
            .write("tickets.jar");
    try (Tree tree =
            Tree.of(
                "--protocol",
                "tickets",
                "--option",
                "counter.from=7",
                "--workers",
                "1",
                "--timeout",
                "1",
                jar);
        Talk first = Talk.to(tree.port())) {
      assertEquals("ticket 7", first.ask("please"));
      try (Talk second = Talk.to(tree.port())) {
        assertEquals("ticket 8", second.ask("please"));
      }
      assertEquals("ticket 9", first.ask("please"));
      first.close();
      tree.awaitAsleep();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "pass"})
  void a_connection_that_its_protocol_cannot_open_costs_nobody_else(String accept)
      throws Exception {
    String moody =
        """
        @Provides(name = "moody", about = "Opens every other connection.")
        public final class Moody implements Protocol {
          private int count;
          public ProtocolHandler open(Link link) {
            if (++count % 2 == 0) {
              throw new IllegalStateException("not in the mood");
            }
            return new Grumpy();
          }
        }
        """;
    String grumpy =
        """
        final class Grumpy implements ProtocolHandler {
          private final Lines lines = new Lines(100, new byte[0]);
          public void received(java.nio.ByteBuffer bytes, java.util.function.Consumer<Message> messages)
              throws ProtocolException {
            lines.each(bytes, line -> messages.accept(client -> client.write(line.bytes())));
          }
          public void ended(java.util.function.Consumer<Message> messages) {
            throw new IllegalStateException("never ends well");
          }
        }
        """;
    String jar =
        TestJar.in(folder)
            .type("Grumpy", grumpy)
            .type("Moody", moody)
            .offeringProtocols("Moody")
            .write("moody.jar");
    try (Tree tree =
            Tree.of(
                "--protocol",
                "moody",
                "--accept",
                accept,
                "--workers",
                "1",
                "--timeout",
                "1",
                jar);
        Talk first = Talk.to(tree.port())) {
      assertEquals("one", first.ask("one"));
      tree.awaitAwake(1);
      long worker = tree.workers().getFirst();
      try (Talk second = Talk.to(tree.port())) {
        assertTrue(second.endsSilently());
      }
      assertEquals("two", first.ask("two"));
      assertEquals(worker, tree.workers().getFirst());
      tree.awaitLog(line -> line.contains("not in the mood"), "the reason");
      // Its handler throws when it is told of the end; that is its own affair, too.
      first.close();
      tree.awaitAsleep();
      assertEquals(0, tree.countInLog("the worker cannot go on"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "spawn"})
  void a_protocol_that_does_not_start_gives_a_closed_connection_and_the_reason(String accept)
      throws Exception {
    Path broken = Files.createFile(folder.resolve("broken"));
    String fussy =
        """
        @Provides(name = "fussy", about = "Does not always start.")
        public final class Fussy implements Protocol {
          public void start(spyglass.protocol.Context context) {
            if (new java.io.File("%s").exists()) {
              throw new IllegalStateException("no cable today");
            }
          }
          public ProtocolHandler open(Link link) {
            return (bytes, messages) -> {
              byte[] back = new byte[bytes.remaining()];
              bytes.get(back);
              messages.accept(client -> client.write(back));
            };
          }
        }
        """
            .formatted(broken);
    String jar =
        TestJar.in(folder).type("Fussy", fussy).offeringProtocols("Fussy").write("fussy.jar");
    try (Tree tree = Tree.of("--protocol", "fussy", "--accept", accept, jar)) {
      for (int i = 0; i < 3; i++) {
        try (Talk client = Talk.to(tree.port())) {
          assertTrue(client.endsSilently(), "these clients know no HTTP");
        }
      }
      assertTrue(tree.countInLog("no cable today") > 0);
      Files.delete(broken);
      tree.await("an answer", () -> isAnswered(tree));
    }
  }

  private static boolean isAnswered(Tree tree) {
    try (Talk client = Talk.to(tree.port())) {
      return client.ask("hello").equals("hello");
    } catch (IOException e) {
      return false;
    }
  }
}
