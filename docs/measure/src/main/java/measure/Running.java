package measure;

import java.util.List;

/** A server that runs, with processes of its own. Closing ends all of them. */
interface Running extends AutoCloseable {

  /** Where it listens, on this machine alone. */
  int port();

  /** The process that was started; it stays as long as the server does. */
  ProcessHandle first();

  /** That process, its children, theirs, and so on. */
  default List<Long> pids() {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(first()), first().descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  /** Those of its processes that have a JVM and answer. */
  default List<Long> answering() {
    return pids();
  }

  /** Has it go to sleep sooner than it would; one that cannot is left alone. */
  default void sleep() {}

  /** Whether nobody is left who answers. */
  default boolean asleep() {
    return first().children().findAny().isEmpty();
  }

  @Override
  void close();
}
