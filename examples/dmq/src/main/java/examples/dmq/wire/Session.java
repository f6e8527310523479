package examples.dmq.wire;

import examples.dmq.channel.Channel;
import examples.dmq.channel.Line;
import examples.dmq.channel.Name;
import examples.dmq.channel.Out;
import examples.dmq.channel.RefusedException;
import examples.dmq.channel.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import spyglass.protocol.Link;

/** What one client asks, and what it is answered. */
final class Session {

  /** So much is answered at a time: a client who asks for much and takes little costs no more memory. */
  private static final int PIECE = 32 << 10;

  private final Node node;
  private final Link link;
  private final Out out = new Out();
  private final Set<Channel> touched = new LinkedHashSet<>();
  private @Nullable Channel last;
  private List<String> produces = List.of();
  private final Consuming consuming;
  private final Several several;
  private @Nullable Name lastName;

  Session(Node node, Link link) {
    this.node = node;
    this.link = link;
    this.consuming = new Consuming(node, link);
    this.several = new Several(node, link, touched);
  }

  /** Executes requests and answers them: in their order, after what they did is as safe as promised. */
  void execute(Request request) throws IOException {
    while (request.next()) {
      Code code = Code.of(request.code()).orElseThrow();
      int begin = out.size();
      request.enter();
      try {
        out.put(Status.OK.code()).putInt(0);
        Status status = answer(code, request);
        out.array()[begin] = status.code();
      } catch (RefusedException e) {
        out.cut(begin);
        out.put(e.status().code()).putInt(0).put(bytes(e.reason()));
        node.failed(String.valueOf(link.peer()), code.toString(), e);
      }
      if (code == Code.CONTINUE) {
        out.cut(begin);
      } else {
        out.setInt(begin + 1, out.size() - begin - Code.BEFORE);
      }
      node.stats().requests(code.kind(), 1);
      if (out.size() >= PIECE) {
        send();
      }
    }
    send();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void send() throws IOException {
    for (Channel channel : touched) {
      channel.commit();
    }
    if (out.size() > 0) {
      link.write(out.copy());
      node.stats().sent(out.size());
    }
    out.clear();
    Channel begun = consuming.start();
    if (begun != null) {
      touched.add(begun);
    }
    for (Channel channel : touched) {
      node.moved(channel);
    }
    touched.clear();
    last = null;
  }

  private Status answer(Code code, Request request) throws IOException, RefusedException {
    return switch (code) {
      case PUSH -> push(request);
      case PUSH_MULTI -> several.push(names(request), request, out);
      case PRODUCE -> produce(List.of(channel(request)), request);
      case PRODUCE_MULTI -> produce(names(request), request);
      case RECORDS -> several.push(produces, request, out);
      case POP -> pop(request);
      case CONSUME -> consume(request);
      case CONTINUE -> goOn(request);
      case STOP -> stop(request);
      case GET_CHANNELS, GET_CHANNEL_SIZE, GET_SIZE, GET_NUM_CONNECTIONS ->
          Reports.answer(node, code, request, out);
      case REMOVE_CHANNEL -> remove(request);
    };
  }

  private Status push(Request request) throws IOException, RefusedException {
    String name = channel(request);
    int length = request.left();
    int at = request.skip(length);
    node.channels().check(length);
    Channel channel = node.channels().push(name, request.bytes(), at, length);
    if (channel != null && channel != last) {
      touched.add(channel);
      last = channel;
    }
    return channel == null ? Status.FULL : Status.OK;
  }

  private List<String> names(Request request) throws RefusedException {
    int count = request.count();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(channel(request));
    }
    return names;
  }

  private Status produce(List<String> names, Request request) throws RefusedException {
    request.end();
    produces = names;
    return Status.OK;
  }

  private Status pop(Request request) throws IOException, RefusedException {
    Name name = name(request);
    request.end();
    return node.channels()
        .find(
            name.channel(),
            channel -> {
              touched.add(channel);
              node.deliveries().checkFree(name);
              Line line = channel.line(name.taker());
              int length = line.queue().next();
              if (length >= 0) {
                line.take(out, length);
              }
              return length < 0 ? Status.EMPTY : Status.OK;
            })
        .orElse(Status.EMPTY);
  }

  private Status consume(Request request) throws IOException, RefusedException {
    Name name = name(request);
    int most = request.number();
    request.end();
    touched.add(consuming.begin(name, most));
    return Status.OK;
  }

  private Status goOn(Request request) throws IOException, RefusedException {
    request.end();
    Channel channel = consuming.goOn();
    if (channel != null) {
      touched.add(channel);
    }
    return Status.OK;
  }

  private Status stop(Request request) throws RefusedException {
    request.end();
    stop();
    return Status.OK;
  }

  private Status remove(Request request) throws IOException, RefusedException {
    Name name = name(request);
    request.end();
    node.remove(name);
    return Status.OK;
  }

  /** A client most often says the same name again. */
  private Name name(Request request) throws RefusedException {
    String text = request.name();
    Name known = lastName;
    if (known == null || !known.text().equals(text)) {
      known = Name.parse(text);
      lastName = known;
    }
    return known;
  }

  private String channel(Request request) throws RefusedException {
    return name(request).onlyChannel();
  }

  /** No more batches. */
  void stop() {
    consuming.stop();
  }

  /** The connection is closed, perhaps while its last message is executed. */
  void closed() {
    consuming.close();
  }
}
