package spyglass.http;

import java.time.Instant;

/**
 * A web application: one method from a request to a response.
 *
 * <p>A jar offers its app by naming the class, which needs a public constructor without parameters,
 * in {@code META-INF/services/spyglass.http.App}. The server makes one instance in each worker
 * process and calls it from several threads at once, as many as {@code --threads} allows, so state
 * that requests share must be safe for threads. State that workers share must live outside them, in
 * a file or a database: each worker is a process with a memory of its own, and all of them end when
 * nobody has visited for a while.
 *
 * <p>What else holds between a server and an app is written, clause by clause, in {@link Lint}.
 */
@FunctionalInterface
public interface App {

  /**
   * Answers one request.
   *
   * @param request what the client asked; its body may be read once, on this thread
   * @return the answer; its body may still be produced after this method has returned
   * @throws BadRequest the client made a mistake: it gets the answer the exception brings
   * @throws Exception anything else the app could not handle: the client gets a 500, the log gets
   *     the stack trace, and the worker goes on
   */
  Response call(Request request) throws Exception;

  /**
   * Called once in each worker, before its first request.
   *
   * @param context what surrounds the app
   * @throws Exception when it cannot work: the worker then does not start, and the log says why
   */
  default void start(Context context) throws Exception {}

  /**
   * Called once, when no connection is open any more and none will be: the worker leaves, to sleep, to
   * stop or for a new one. What must outlive it is to be written now, below {@link Context#data}. New
   * visitors wait until it is done if all go to sleep. Not called where a process is killed.
   *
   * @param deadline from when on the server may end this process, done or not
   * @throws Exception when it could not be done: that is logged and told in {@code spyglass status}
   */
  default void sleep(Instant deadline) throws Exception {}

  /**
   * An app around this one: it starts and sleeps as this one does.
   *
   * @param answer what answers, and calls this one where it sees fit
   */
  default App wrapped(App answer) {
    return new Wrapped(this, answer);
  }
}
