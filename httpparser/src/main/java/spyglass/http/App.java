package spyglass.http;

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
}
