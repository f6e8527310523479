package examples.dmq.http;

import examples.dmq.channel.Channel;
import examples.dmq.channel.Line;
import examples.dmq.channel.Name;
import examples.dmq.channel.Out;
import examples.dmq.channel.RefusedException;
import examples.dmq.channel.Status;
import examples.dmq.stats.Figures;
import examples.dmq.stats.Json;
import examples.dmq.stats.Kind;
import examples.dmq.stats.Metrics;
import examples.dmq.wire.Node;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import spyglass.http.App;
import spyglass.http.Head;
import spyglass.http.Request;
import spyglass.http.Response;
import spyglass.protocol.Link;

/** What can be asked over HTTP. */
final class Api implements App {

  static final String CHANNELS = "/channels";
  private static final String DELIVERY = "/delivery";

  /**
   * A GET takes only with this field. An image's address is enough for a GET, and browsers do not always
   * say whose page has it; but a page that sends a field of its own has to ask first, with OPTIONS, which
   * nobody grants here.
   */
  private static final String TAKE = "Dmq-Take";

  private final Node node;
  private final SocketAddress peer;

  Api(Node node, SocketAddress peer) {
    this.node = node;
    this.peer = peer;
  }

  /** The stream that is asked for, if it is one and may be had. */
  Optional<Streaming> stream(Request request, Link link, Head head) {
    Optional<String> name = Streaming.nameIn(path(request));
    if (name.isEmpty() || !request.method().equals("GET") || !mayTake(request)) {
      return Optional.empty();
    }
    try {
      node.stats().requests(Kind.CONSUME, 1);
      Name queue = Name.parse(name.get());
      boolean framed = request.query().equals("framed");
      return Optional.of(new Streaming(node, link, head, queue, framed));
    } catch (RefusedException e) {
      // The answer below says the same.
      return Optional.empty();
    }
  }

  @Override
  public Response call(Request request) {
    String path = path(request);
    try {
      return path.equals(CHANNELS) || path.startsWith(CHANNELS + "/")
          ? channels(request, path)
          : get(request, path);
    } catch (RefusedException e) {
      node.failed(String.valueOf(peer), request.method() + " " + path, e);
      Response response = Response.text(e.status().http(), e.reason() + "\n");
      return e.status() == Status.FULL ? response.withHeader("Retry-After", "1") : response;
    } catch (IOException e) {
      node.stats().failed();
      node.failures().line(peer + " " + request.method() + " " + path + ": " + e);
      return Response.text(500, "the node's disk failed\n");
    }
  }

  private static boolean mayTake(Request request) {
    return request.headers().has(TAKE);
  }

  private static String path(Request request) {
    return request.path().replace("%40", "@");
  }

  private Response get(Request request, String path) {
    node.stats().requests(Kind.OTHER, 1);
    if (!isRead(request)) {
      return notAllowed("GET, HEAD");
    }
    return switch (path) {
      case "/" -> Page.response();
      case "/stats" ->
          Response.json(Json.of(Figures.of(node.stats(), node.channels())))
              .withHeader("Cache-Control", "no-store");
      case "/metrics" ->
          Response.bytes(
              "text/plain; version=0.0.4; charset=utf-8",
              utf8(Metrics.of(Figures.of(node.stats(), node.channels()))));
      default -> Response.text(404, "there is /, /channels, /stats and /metrics\n");
    };
  }

  private static boolean isRead(Request request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Response notAllowed(String allowed) {
    return Response.of(405).withHeader("Allow", allowed);
  }

  private Response channels(Request request, String path) throws IOException, RefusedException {
    if (path.equals(CHANNELS) || path.equals(CHANNELS + "/")) {
      node.stats().requests(Kind.GET_CHANNELS, 1);
      return isRead(request) ? Response.json(names()) : notAllowed("GET, HEAD");
    }
    String name = path.substring(CHANNELS.length() + 1);
    if (name.endsWith(DELIVERY)) {
      return delivery(request, name.substring(0, name.length() - DELIVERY.length()));
    }
    Optional<String> streamed = Streaming.nameIn(path);
    return switch (request.method()) {
      case "GET" -> take(Name.parse(streamed.orElse(name)), request);
      case String other when streamed.isPresent() -> notAllowed("GET");
      case "POST" -> push(Name.channel(name), request);
      case "DELETE" -> {
        node.stats().requests(Kind.REMOVE_CHANNEL, 1);
        node.remove(Name.parse(name));
        yield Response.of(204);
      }
      default -> notAllowed("GET, POST, DELETE");
    };
  }

  private String names() {
    return node.channels().names().stream()
        .map(name -> "\"" + name + "\"")
        .collect(Collectors.joining(",", "[", "]\n"));
  }

  private Response take(Name name, Request request) throws IOException, RefusedException {
    return mayTake(request)
        ? pop(name)
        : Response.text(403, "a GET that takes has the field '" + TAKE + ": 1'\n");
  }

  private Response push(String name, Request request) throws IOException, RefusedException {
    node.stats().requests(Kind.PUSH, 1);
    byte[] record = request.body().readAllBytes();
    node.channels().check(record.length);
    Channel channel = node.channels().push(name, record, 0, record.length);
    if (channel == null) {
      throw new RefusedException(Status.FULL, "the channel is full: somebody has to take from it");
    }
    channel.commit();
    node.moved(channel);
    return Response.of(204);
  }

  private Response pop(Name name) throws IOException, RefusedException {
    node.stats().requests(Kind.POP, 1);
    Out out = new Out();
    Optional<Channel> channel =
        node.channels()
            .find(
                name.channel(),
                found -> {
                  node.deliveries().checkFree(name);
                  Line line = found.line(name.taker());
                  int length = line.queue().next();
                  if (length >= 0) {
                    line.take(out, length);
                  }
                  return found;
                });
    if (channel.isPresent()) {
      channel.get().commit();
    }
    return out.size() == 0
        ? Response.of(204)
        : Response.bytes("application/octet-stream", out.copy())
            .withHeader("Cache-Control", "no-store");
  }

  private Response delivery(Request request, String text) throws IOException, RefusedException {
    node.stats().requests(Kind.OTHER, 1);
    Name name = Name.parse(text);
    return switch (request.method()) {
      case "PUT" -> {
        String url = new String(request.body().readAllBytes(), StandardCharsets.UTF_8).strip();
        node.deliveries().set(name, url, request.authority());
        yield Response.of(204);
      }
      case "DELETE" -> {
        node.deliveries().remove(name);
        yield Response.of(204);
      }
      case "GET", "HEAD" ->
          node.deliveries()
              .of(name)
              .map(uri -> Response.text(uri + "\n"))
              .orElse(Response.text(404, "it is not delivered\n"));
      default -> notAllowed("GET, HEAD, PUT, DELETE");
    };
  }
}
