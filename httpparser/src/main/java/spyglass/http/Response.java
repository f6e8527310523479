package spyglass.http;

import java.nio.charset.StandardCharsets;

/**
 * An answer.
 *
 * @param status 200 to 599
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

  /** 200 with a page in UTF-8. */
  public static Response html(String page) {
    return of(200).withBody("text/html; charset=utf-8", page);
  }

  /** 200 with a JSON text that is already one. */
  public static Response json(String json) {
    return of(200).withBody("application/json", json);
  }

  /** 200 with a body that is written while it is sent. */
  public static Response stream(String type, Body.Writer writer) {
    return new Response(200, Headers.of("Content-Type", type), new Body.Stream(writer));
  }

  /** 303: look there, with GET. What a form's POST should answer, so that a reload posts nothing. */
  public static Response seeOther(String location) {
    return of(303).withHeader("Location", location);
  }

  /** The same answer with another status. */
  public Response withStatus(int other) {
    return new Response(other, headers, body);
  }

  /** The same answer with one more field. */
  public Response withHeader(String name, String value) {
    return new Response(status, headers.with(name, value), body);
  }

  /** The same answer with a text as its body, in UTF-8. */
  public Response withBody(String type, String text) {
    Body bytes = new Body.Bytes(text.getBytes(StandardCharsets.UTF_8));
    return new Response(status, headers.with("Content-Type", type), bytes);
  }
}
