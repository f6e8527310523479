package examples.dmq.channel;

/**
 * Somebody to whom records are sent as they come, some at a time. Called by the channel, under its lock;
 * nothing here may wait.
 */
public interface Consumer {

  /** Bytes of a batch at most; a single record may be more. */
  int most();

  /** What comes before the records of a batch. */
  void begin(Out out);

  /** What comes before each of them. */
  void before(Out out, int length);

  /** What comes behind each of them. */
  void after(Out out);

  /** Completes a batch that began at the start of what was written. */
  void end(Out out);

  /** Whether there is room for so many bytes on the way. */
  boolean hasRoom(int bytes);

  /** Sends it if there is room for it on the way; else nothing of it. */
  boolean offer(byte[] batch);

  /** There will be no more: the queue was removed. */
  void close();

  /** Whether it wants another batch without being asked. */
  boolean wantsMore();
}
