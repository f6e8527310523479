package spyglass.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An answer.
 *
 * @param status 200 to 599, or 101 by way of {@link #upgrade}
 * @param headers what the app has to say; Date, Content-Length of a body that is there, the
 *     transfer coding and the life of the connection are the server's business
 * @param body what follows the head; dropped by the server where HTTP allows none (HEAD, 204, 304)
 */
public record Response(int status, Headers headers, Body body) {

  /** A status and nothing else. */
  public static Response of(int status) {
    return new Response(status, Headers.NONE, Body.EMPTY);
  }

  /** 200 with plain text in UTF-8. */
  public static Response text(String text) {
    return of(200).withBody("text/plain; charset=utf-8", text);
  }

  /** Plain text in UTF-8. */
  public static Response text(int status, String text) {
    return text(text).withStatus(status);
  }

  /** 200 with a page in UTF-8. */
  public static Response html(String page) {
    return of(200).withBody("text/html; charset=utf-8", page);
  }

  /** 200 with a JSON text that is already one. */
  public static Response json(String json) {
    return of(200).withBody("application/json", json);
  }

  /** 200 with bytes that are there; the array is not copied. */
  public static Response bytes(String type, byte[] content) {
    return new Response(200, Headers.of("Content-Type", type), new Body.Bytes(content));
  }

  /**
   * 200 with a file that the app has chosen itself. For names that a visitor chooses there is
   * {@link spyglass.http.files.Folder}. The server sends it with an ETag, and only those bytes that
   * a client lacks or asks for ({@link spyglass.http.files.FileAnswer}).
   *
   * @throws IOException when there is no such file
   */
  public static Response file(String type, Path path) throws IOException {
    Body file = new Body.File(path, 0, Files.size(path));
    return new Response(200, Headers.of("Content-Type", type), file);
  }

  /** 200 with a body that is written while it is sent. */
  public static Response stream(String type, Body.Writer writer) {
    return new Response(200, Headers.of("Content-Type", type), new Body.Stream(writer));
  }

  /**
   * 101: from here on the connection speaks another protocol (RFC 9110 section 7.8), whose handler
   * gets it raw. Legal only when {@link Request#offersUpgrade} says so; anything else is sent as a
   * 500. The server adds {@code Connection} and {@code Upgrade}; what else the protocol wants to
   * have said in the head, {@link #withHeader} adds.
   *
   * @param protocol one that the client's {@code Upgrade} field lists, such as {@code websocket}
   * @param handler called after the head is sent
   */
  public static Response upgrade(String protocol, Upgrade handler) {
    return new Response(101, Headers.NONE, new Body.Upgraded(protocol, handler));
  }

  /**
   * Look there.
   *
   * @param status 301 or 308 for good, 302 or 307 for now, 303 for the result of a POST; 307 and
   *     308 keep the method
   * @param location a URI, relative or absolute, in visible ASCII. Never take it from a visitor
   *     unseen: {@code //elsewhere.example} leads to another site
   */
  public static Response redirect(int status, String location) {
    if (status < 301 || status > 308 || (status > 303 && status < 307)) {
      throw new IllegalArgumentException(status + " is no redirect");
    }
    if (!location.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("a location is visible ASCII; percent-encode the rest");
    }
    return of(status).withHeader("Location", location);
  }

  /** 303: look there, with GET. What a form's POST should answer, so that a reload posts nothing. */
  public static Response seeOther(String location) {
    return of(303).withHeader("Location", location);
  }

  /** The same answer with another status. */
  public Response withStatus(int other) {
    return new Response(other, headers, body);
  }

  /** The same answer with this field and no other of that name. */
  public Response setHeader(String name, String value) {
    return new Response(status, headers.set(name, value), body);
  }

  /** The same answer, which sets one more cookie. */
  public Response withCookie(Cookie cookie) {
    return withHeader("Set-Cookie", cookie.field());
  }

  /** The same answer with one more field, beside others of that name. */
  public Response withHeader(String name, String value) {
    return new Response(status, headers.with(name, value), body);
  }

  /** The same answer with a text as its body, in UTF-8. */
  public Response withBody(String type, String text) {
    Body bytes = new Body.Bytes(text.getBytes(StandardCharsets.UTF_8));
    return new Response(status, headers.with("Content-Type", type), bytes);
  }
}
