package spyglass.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection without a socket: takes bytes in pieces, drives parser and decoder as a worker does,
 * and says in the corpus's words what happened.
 */
final class Replay {

  private final List<String> steps = new ArrayList<>();
  private final Limits limits;
  private final HttpParser parser;
  private final ByteBuffer in;
  // Smaller than most bodies, so that the decoder must also stop for want of room.
  private final ByteBuffer out = ByteBuffer.allocate(5);
  private State state = new State.Heads();
  private long length;

  private sealed interface State {
    record Heads() implements State {}

    record InBody(Head head, BodyDecoder decoder) implements State {}

    record Closed() implements State {}
  }

  private Replay(byte[] bytes, Limits limits, HeadMemo memo) {
    this.limits = limits;
    this.parser = new HttpParser(limits, memo);
    this.in = ByteBuffer.wrap(bytes);
  }

  /** What happens when the bytes come in pieces that end at the given places and at the end. */
  static String of(byte[] bytes, int... ends) {
    Replay replay = new Replay(bytes, Limits.DEFAULT, new HeadMemo());
    for (int end : ends) {
      replay.upTo(end);
    }
    replay.upTo(bytes.length);
    return replay.said();
  }

  /** What happens when the bytes come whole, and these heads are known. */
  static String of(byte[] bytes, HeadMemo memo) {
    Replay replay = new Replay(bytes, Limits.DEFAULT, memo);
    replay.upTo(bytes.length);
    return replay.said();
  }

  /** What happens when the bytes come one by one. */
  static String byteByByte(byte[] bytes) {
    Replay replay = new Replay(bytes, Limits.DEFAULT, new HeadMemo());
    for (int end = 1; end <= bytes.length; end++) {
      replay.upTo(end);
    }
    return replay.said();
  }

  private void upTo(int end) {
    in.limit(end);
    while (advance()) {
      // Each turn is one step: a head, a refusal, or the end of a body.
    }
  }

  private boolean advance() {
    return switch (state) {
      case State.Heads heads -> head();
      case State.InBody body -> body(body);
      case State.Closed closed -> false;
    };
  }

  private boolean head() {
    return switch (parser.parse(in)) {
      case Head head -> {
        BodyDecoder decoder = new BodyDecoder(head.framing(), limits);
        state = new State.InBody(head, decoder);
        length = 0;
        yield true;
      }
      case Refused refused -> close(Integer.toString(refused.status()));
      case Parsed.More more -> false;
      case Hangup hangup -> throw new AssertionError("a hangup nobody told it of");
    };
  }

  private boolean body(State.InBody body) {
    int before;
    do {
      before = in.position();
      out.clear();
      body.decoder.decode(in, out);
      length += out.position();
    } while (in.position() > before);
    Refused refused = body.decoder.refused();
    if (refused != null) {
      return close(Integer.toString(refused.status()));
    }
    if (!body.decoder.isDone()) {
      return false;
    }
    String step = body.head.method() + " " + body.head.target() + " len=" + length;
    if (!body.head.persistent()) {
      return close(step);
    }
    steps.add(step);
    state = new State.Heads();
    return in.hasRemaining();
  }

  private boolean close(String step) {
    steps.add(step);
    state = new State.Closed();
    return false;
  }

  private String said() {
    boolean waits = state instanceof State.InBody || (state instanceof State.Heads && midway());
    if (waits) {
      steps.add("more");
    }
    return String.join("; ", steps);
  }

  private boolean midway() {
    return steps.isEmpty() || parser.midway();
  }
}
