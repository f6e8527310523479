package spyglass.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Renders docs/app-contract.md from {@link Lint.Clause}: what is checked is what is written. */
final class ContractDoc {

  private static final String EXAMPLE =
      "httpparser/src/test/java/spyglass/http/ContractExampleTest.java";

  private static final String PREAMBLE =
      """
      # The app contract

      <!-- Generated from Lint.Clause. Do not edit it; this renews it: COMMAND -->

      An app is one method, `Response call(Request request)`, and what follows is all that a server
      and an app may rely on. Each clause bears the name it has in `Lint.Clause`. `Lint` checks them
      all: `new Lint(app)` is the same app under supervision, and `Lint.call(app, request)` calls it
      in a test and hands back the whole answer. A broken clause is thrown as a `Lint.Violation`,
      whose one-line message begins with the clause's name and ends with the culprit.

      The server makes one instance of an app in each worker process and calls it from several
      threads at once. If the app throws, the client gets a 500, or, when a stream had begun, a
      connection that is cut; the log gets the stack trace, and the worker goes on. A `BadRequest` that
      the app lets pass is no failure: the client made a mistake and gets the answer it brings, 400
      or another 4xx.

      An app that keeps something in memory can say when it begins and when it ends. `start` is
      called before the first request, with a context: the folder in which it may keep things
      (`--data`; also the system property `spyglass.data`), what `--option app.NAME=VALUE` says, a
      log, and why this worker was started. The folder is the same for all apps of a user, so an app
      makes a folder of its own in it. It may not be there yet; whoever cannot make it should throw,
      and then the worker does not start. `sleep` is called when no connection is open any more, and
      what must outlive the process is to be written then. The server waits for it, though not longer
      than two seconds over `--drain`, and visitors wait with it. What it throws is in the log and in
      `spyglass status`. Whoever is killed is asked nothing: what must survive that too is written
      before the answer.

      `@Single` on an app says that there is to be one worker and never two at once. A reload is then
      an end and a beginning after it. `context.hold()` keeps the tree awake for work that no client
      waits for. `examples/tally` does all of that but the last.

      A 200 whose body is a file (`Response.file`) is cut for its client: it gets an `ETag`, answers
      conditions with 304 or 412, and `Range` with 206 or 416. An app that knows better sets `ETag` or
      `Last-Modified` itself, or `Accept-Ranges: none`.

      While it makes its answer, an app may send early hints (103, RFC 8297) with
      `request.earlyHints`. And where a client offers it, which `request.offersUpgrade` tells, an app
      may leave HTTP with `Response.upgrade`: the client gets a 101, and a handler gets the connection
      raw, on a virtual thread of its own and not on one of the `--threads`. Reading may wait as long
      as the client is silent; writing has the limits that every answer has. The tree stays awake for
      as long as the handler runs. When the server is told to stop, the handler's input ends, and it
      has `--drain` seconds to say goodbye. `examples/websocket` does all of that.
      """;

  private static final String MISBEHAVIOUR =
      """

      ## When an app misbehaves

      | what it does | what becomes of it |
      | --- | --- |
      | throws, returns null, breaks a clause | 500 and the stack in the log; the worker goes on |
      | takes longer than `--request-timeout` | 503, an interrupt, and in the log where it stands |
      | does not come back from that, in a deadlock for instance | after `--stuck-timeout` its stack is in the log, and the worker is replaced |
      | calls `System.exit` or `halt` | its worker ends at once and takes along what is in flight there; another takes its place |
      | does so in its constructor, or throws there | it has not started: 503 with Retry-After, and the next visitor is the next attempt |
      | hangs in its constructor | the same after `--wake-deadline` |
      | starts threads that are no daemons | nothing: a worker leaves by `System.exit` |
      | hangs in a shutdown hook | it has `--drain` seconds for that, and then no more |
      | prints to `System.out` | it is in the log, as what it prints to `System.err` |
      | writes to descriptor 1 past `System.out`, or has a child do so | it is in the log, too |
      | wants more memory in a request than there is | 500, and the worker goes on, if three quarters of `--heap` or less are in use without that request |
      | has filled its memory | 500, or the connection is cut if there is no memory even for that; the worker accepts nobody more, finishes what it can within `--drain`, and another takes its place |
      | runs out of memory in a thread of its own | its own affair, until a request fails for it |

      `AppIT` and `MisbehavingAppIT` have apps that do so.
      """;

  private ContractDoc() {}

  static String render(Path root, String command) throws IOException {
    return PREAMBLE.replace("COMMAND", command)
        + "\n## What an app may rely on\n\n"
        + clauses(Lint.Side.SERVER)
        + "\n## What an app owes the server\n\n"
        + clauses(Lint.Side.APP)
        + MISBEHAVIOUR
        + "\n## An app and its test\n\n```java\n"
        + example(root)
        + "```\n";
  }

  private static String clauses(Lint.Side side) {
    StringBuilder list = new StringBuilder();
    int number = 0;
    for (Lint.Clause clause : Lint.Clause.values()) {
      if (clause.side() == side) {
        number++;
        list.append(number + ". **" + clause + "**: " + clause.text() + "\n");
      }
    }
    return list.toString();
  }

  /** Compiled and run by every build, so that it cannot go stale. */
  private static String example(Path root) throws IOException {
    String source = Files.readString(root.resolve(EXAMPLE));
    String start = "  // example\n";
    int from = source.indexOf(start) + start.length();
    String between = source.substring(from, source.indexOf("  // end of example"));
    return between.stripTrailing().stripIndent() + "\n";
  }
}
