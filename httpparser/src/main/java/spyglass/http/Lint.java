package spyglass.http;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import spyglass.http.files.FileAnswer;

/**
 * The contract between a server and an app, as a program: wrapped around an app it checks every
 * request the server brings and every answer the app gives, streams included, while they are used.
 * A broken clause is thrown as a {@link Violation} that names it and the culprit.
 *
 * <p>For tests ({@link #call}) and for hunting a fault in a running server: {@code new Lint(app)} is
 * an app like any other. It keeps nothing between calls, so it is as safe for threads as its app.
 */
public final class Lint implements App {

  /** Whose duty a clause is. */
  public enum Side {
    /** What an app may rely on. */
    SERVER,
    /** What a server may rely on. */
    APP
  }

  /** One sentence of the contract. */
  public enum Clause {
    REQUEST_WHOLE(Side.SERVER, "The request is there, and none of its parts is null."),
    METHOD(Side.SERVER, "The method is a token, its case kept as the client wrote it."),
    TARGET(Side.SERVER, "The target is not empty and holds neither blanks nor control characters."),
    VERSION(Side.SERVER, "The version is `HTTP/1.0` or `HTTP/1.1`."),
    REQUEST_FIELD(
        Side.SERVER,
        "Each request field's name is a token, and its value has no blanks around it and neither"
            + " control characters nor characters above U+00FF in it."),
    HOST(Side.SERVER, "There is never more than one `Host`, and in HTTP/1.1 there is exactly one."),
    AUTHORITY(
        Side.SERVER,
        "`Request.authority()` is a host, perhaps with a port, or empty: what a trusted proxy says"
            + " its client asked for, else the host in an absolute-form target, else `Host`."),
    ONE_LENGTH(
        Side.SERVER,
        "At most one field tells how long the request body is: one `Content-Length`, which is a"
            + " plain number, or one `Transfer-Encoding`."),
    BODY_READ(
        Side.SERVER, "Reading the request body yields at least one byte, or -1 once it is over."),
    BODY_TRUE(
        Side.SERVER, "The request body has as many bytes as the request's `Content-Length` says."),
    WRITER_ONCE(Side.SERVER, "The writer of a streamed body is called at most once."),
    WRITER_THREAD(Side.SERVER, "The writer is called on the thread that called the app."),
    WRITER_IDLE(Side.SERVER, "The writer is not called when the request was a HEAD."),
    UPGRADE_ONCE(
        Side.SERVER,
        "The handler of an upgrade is called at most once, with a connection none of whose parts"
            + " is null."),

    RESPONSE_WHOLE(Side.APP, "The app returns a response, and none of its parts is null."),
    STATUS(Side.APP, "The status is 200 to 599, or 101 of an upgrade and of nothing else."),
    FIELD_NAME(Side.APP, "Each response field's name is a token."),
    FIELD_VALUE(
        Side.APP,
        "A response field's value holds neither control characters (a tab is none here) nor"
            + " characters above U+00FF."),
    SERVERS_FIELD(
        Side.APP,
        "The app sets none of the server's own fields: "
            + String.join(", ", Reply.serversFields().stream().map(s -> "`" + s + "`").toList())
            + "; only `Connection: close` may be said, to end the connection after this answer, and"
            + " a 426 names with `Upgrade` what it demands."),
    LENGTH_NUMBER(Side.APP, "`Content-Length` is given at most once and is one plain number."),
    LENGTH_TRUE(
        Side.APP,
        "A given `Content-Length` is the number of bytes of the body; an answer to HEAD may leave"
            + " the body out and keep the length."),
    NO_BODY(Side.APP, "A 204, 205 or 304 has no body."),
    NO_LENGTH(Side.APP, "A 101, 204 or 205 has no `Content-Length`, unless it is a 205's zero."),
    CONTENT_TYPE(Side.APP, "A body comes with exactly one `Content-Type`."),
    FILE_WHOLE(Side.APP, "A file that is answered with is there and has the bytes that are told."),
    BODY_THREAD(Side.APP, "The request body is read on the thread that called the app."),
    BODY_LATE(
        Side.APP,
        "The request body is not read any more when the app has returned or, if it answers with a"
            + " stream, when the writer has."),
    BODY_BROKEN(
        Side.APP,
        "An IOException from the request body is let pass; nothing is answered after it."),
    STREAM_MORE(Side.APP, "A writer writes no more bytes than a given `Content-Length` says."),
    STREAM_LESS(Side.APP, "A writer that returns has written all that a `Content-Length` said."),
    STREAM_LATE(Side.APP, "Nothing is written to a stream after its writer has returned."),
    UPGRADE_OFFERED(
        Side.APP,
        "An upgrade answers a request that offers it: HTTP/1.1, without a body, `Connection` lists"
            + " `upgrade`, and `Upgrade` lists the protocol, a token or two with a slash between."),
    UPGRADE_LATE(Side.APP, "An upgraded connection is not used after its handler has returned."),
    HINTS_FIELD(
        Side.APP,
        "Early hints obey the rules of response fields, and neither `Content-Length` nor any of"
            + " the server's own is among them."),
    HINTS_LATE(
        Side.APP,
        "Early hints are given on the thread that called the app, before it returns its answer.");

    private final Side side;
    private final String text;

    Clause(Side side, String text) {
      this.side = side;
      this.text = text;
    }

    /** Whose duty it is. */
    public Side side() {
      return side;
    }

    /** The clause itself. */
    public String text() {
      return text;
    }

    /** Throws unless the clause holds. */
    void unless(boolean holds, String culprit) {
      if (!holds) {
        throw new Violation(this, culprit);
      }
    }
  }

  /**
   * A clause was broken. An AssertionError, because it tells of a mistake in a program and of
   * nothing a program could handle: an app's own {@code catch (Exception e)} lets it through, and a
   * test reports it as failed, not as crashed.
   */
  public static final class Violation extends AssertionError {

    private final Clause clause;

    Violation(Clause clause, String culprit) {
      super(clause + ": " + clause.text() + " Here: " + oneLine(culprit));
      this.clause = clause;
    }

    /** What was broken. */
    public Clause clause() {
      return clause;
    }

    private static String oneLine(String culprit) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < culprit.length(); i++) {
        char c = culprit.charAt(i);
        boolean plain = c >= ' ' && c < 0x7f;
        line.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
      }
      return line.toString();
    }
  }

  /**
   * What came of a call.
   *
   * @param status the status
   * @param headers the fields the app gave; those the server adds are not among them
   * @param body all bytes of the body, none for HEAD
   */
  @SuppressWarnings("ArrayRecordComponent") // read by tests, compared by nobody
  public record Answer(int status, Headers headers, byte[] body) {

    /** The body, read as UTF-8. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private final App app;

  /** The same app under supervision. */
  public Lint(App app) {
    this.app = app;
  }

  @Override
  public void start(Context context) throws Exception {
    app.start(context);
  }

  @Override
  public void sleep(Instant deadline) throws Exception {
    app.sleep(deadline);
  }

  /**
   * Calls an app through Lint and does with its answer what a server would: for tests of apps. The
   * client of an upgrade says nothing; what the handler writes is the answer's body.
   */
  public static Answer call(App app, Request request) throws Exception {
    // First the rules: one of them is that there is a request.
    Response lawful = new Lint(app).call(request);
    Response response = FileAnswer.of(request.method(), request.headers(), lawful);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    if (!request.method().equals("HEAD")) {
      switch (response.body()) {
        case Body.Bytes bytes -> sent.writeBytes(bytes.content());
        case Body.File file -> file.writeTo(sent);
        case Body.Stream stream -> stream.writer().writeTo(sent);
        case Body.Upgraded to ->
            to.handler()
                .run(new RawConnection(InputStream.nullInputStream(), sent, request.peer()));
      }
    }
    return new Answer(response.status(), response.headers(), sent.toByteArray());
  }

  @Override
  public Response call(Request request) throws Exception {
    LintRequest.check(request);
    LintBody body = new LintBody(request);
    LintHints hints = new LintHints(request.hints());
    boolean streams = false;
    try {
      Response response = app.call(request.withBody(body).withHints(hints));
      body.unbroken();
      LintResponse.check(request, response);
      Body watched =
          switch (response.body()) {
            case Body.Stream stream -> {
              streams = true;
              yield new Body.Stream(new LintWriter(request, response, stream.writer(), body));
            }
            case Body.Upgraded to ->
                new Body.Upgraded(to.protocol(), new LintUpgrade(to.handler()));
            case Body.Bytes bytes -> bytes;
            case Body.File file -> file;
          };
      return new Response(response.status(), response.headers(), watched);
    } finally {
      hints.over();
      if (!streams) {
        body.over();
      }
    }
  }
}
