package spyglass.protocol;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts the bytes of one connection into messages. No two of its methods run at the same time, but
 * messages may be executed meanwhile. Nothing here may wait: that is what messages are for.
 */
public interface ProtocolHandler {

  /**
   * Bytes have come. Take whole messages from the front of the buffer and leave what is not whole; it
   * will be there again when more has come.
   *
   * @param bytes from position to limit all that has come and was not taken. The array behind it is
   *     used again after the return: what a message is to keep it must copy
   * @param messages takes messages, which are executed in this order
   * @throws ProtocolException when no more messages can be found: the connection is closed after what
   *     was found before is executed
   */
  void received(ByteBuffer bytes, Consumer<Message> messages) throws ProtocolException;

  /**
   * The client will send no more, or the server is about to stop. What was not taken of the bytes is
   * lost. After the messages are executed and what they wrote is sent, the connection is closed.
   */
  default void ended(Consumer<Message> messages) {}

  /** The connection is closed, whoever did it. Called once, and last; the link is dead. */
  default void closed() {}
}
