package examples.dmq.wire;

import examples.dmq.stats.Kind;
import java.util.Optional;

/** The first byte of a request. None is a letter, so that no HTTP request begins with one. */
public enum Code {
  PUSH(0x81, Kind.PUSH),
  PUSH_MULTI(0x82, Kind.PUSH_MULTI),
  PRODUCE(0x83, Kind.PRODUCE),
  PRODUCE_MULTI(0x84, Kind.PRODUCE_MULTI),
  /** Records of a production. */
  RECORDS(0x85, Kind.PRODUCE),
  POP(0x86, Kind.POP),
  CONSUME(0x87, Kind.CONSUME),
  /** Another batch, please. */
  CONTINUE(0x88, Kind.CONSUME),
  /** No more batches, please. */
  STOP(0x89, Kind.CONSUME),
  GET_CHANNELS(0x8A, Kind.GET_CHANNELS),
  GET_CHANNEL_SIZE(0x8B, Kind.GET_CHANNEL_SIZE),
  GET_SIZE(0x8C, Kind.GET_SIZE),
  GET_NUM_CONNECTIONS(0x8D, Kind.GET_NUM_CONNECTIONS),
  REMOVE_CHANNEL(0x8E, Kind.REMOVE_CHANNEL);

  /** What stands before a request's and an answer's own bytes: one for its kind, four for their number. */
  public static final int BEFORE = 5;

  private static final Code[] ALL = values();

  private final int code;
  private final Kind kind;

  Code(int code, Kind kind) {
    this.code = code;
    this.kind = kind;
  }

  /** The byte. */
  public int code() {
    return code;
  }

  /** What it is counted as. */
  Kind kind() {
    return kind;
  }

  /** What a byte means. */
  static Optional<Code> of(byte code) {
    int index = (code & 0xFF) - PUSH.code;
    return index >= 0 && index < ALL.length ? Optional.of(ALL[index]) : Optional.empty();
  }
}
