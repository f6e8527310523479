package spyglass.http;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalLong;
import spyglass.http.Lint.Clause;

/** What {@link Lint} asks of a response before the server sees it. */
final class LintResponse {

  private LintResponse() {}

  static void check(Request request, Response response) {
    Clause.RESPONSE_WHOLE.unless(response != null, "response");
    Clause.RESPONSE_WHOLE.unless(response.headers() != null, "headers");
    Clause.RESPONSE_WHOLE.unless(response.body() != null, "body");
    int status = response.status();
    boolean upgrade = response.body() instanceof Body.Upgraded;
    boolean possible = upgrade ? status == 101 : status >= 200 && status <= 599;
    Clause.STATUS.unless(possible, Integer.toString(status));
    for (Headers.Field field : response.headers()) {
      field(field, Reply.mayNameUpgrade(status) && "Upgrade".equalsIgnoreCase(field.name()));
    }
    length(request, response);
    body(response);
    upgrade(request, response);
  }

  /** Early hints: fields like those of the response that will repeat them. */
  static void hints(Headers fields) {
    Clause.HINTS_FIELD.unless(fields != null, "no fields");
    for (Headers.Field field : fields) {
      field(field, false);
      boolean framing = field.is("Content-Length") || field.is("Connection");
      Clause.HINTS_FIELD.unless(!framing, field.name() + ": " + field.value());
    }
  }

  private static void field(Headers.Field field, boolean allowed) {
    Clause.RESPONSE_WHOLE.unless(field.name() != null, "the name of a field");
    Clause.RESPONSE_WHOLE.unless(field.value() != null, "the value of " + field.name());
    String culprit = field.name() + ": " + field.value();
    Clause.FIELD_NAME.unless(Token.is(field.name()), culprit);
    Clause.FIELD_VALUE.unless(FieldCheck.isLegalValue(field.value()), culprit);
    boolean farewell = field.is("Connection") && field.value().equalsIgnoreCase("close");
    boolean servers = Reply.serversFields().stream().anyMatch(field::is);
    Clause.SERVERS_FIELD.unless(allowed || farewell || !servers, culprit);
  }

  private static void length(Request request, Response response) {
    List<String> told = response.headers().all("Content-Length");
    if (told.isEmpty()) {
      return;
    }
    String length = told.getFirst();
    boolean number = told.size() == 1 && LintRequest.number(length);
    Clause.LENGTH_NUMBER.unless(number, told.toString());
    int status = response.status();
    boolean zero = status == 205 && Long.parseLong(length) == 0;
    Clause.NO_LENGTH.unless(
        (status > 101 && status != 204 && status != 205) || zero, length + " in a " + status);
    OptionalLong size = response.body().size();
    if (size.isPresent() && status != 304) {
      long has = size.getAsLong();
      boolean leftOut = has == 0 && request.method().equals("HEAD");
      boolean same = Long.parseLong(length) == has;
      Clause.LENGTH_TRUE.unless(leftOut || same, length + " for " + has + " bytes");
    }
  }

  private static void body(Response response) {
    boolean empty =
        switch (response.body()) {
          case Body.Bytes bytes -> {
            Clause.RESPONSE_WHOLE.unless(bytes.content() != null, "content of the body");
            yield bytes.content().length == 0;
          }
          case Body.File file -> {
            Clause.RESPONSE_WHOLE.unless(file.path() != null, "path of the file");
            Clause.FILE_WHOLE.unless(whole(file), file.toString());
            yield file.length() == 0;
          }
          case Body.Stream stream -> {
            Clause.RESPONSE_WHOLE.unless(stream.writer() != null, "writer of the body");
            yield false;
          }
          case Body.Upgraded to -> {
            Clause.RESPONSE_WHOLE.unless(to.protocol() != null, "protocol of the upgrade");
            Clause.RESPONSE_WHOLE.unless(to.handler() != null, "handler of the upgrade");
            yield true;
          }
        };
    int status = response.status();
    Clause.NO_BODY.unless(empty || !Status.bodyless(status), "a body in a " + status);
    List<String> types = response.headers().all("Content-Type");
    Clause.CONTENT_TYPE.unless(empty || types.size() == 1, types.toString());
  }

  private static void upgrade(Request request, Response response) {
    if (response.body() instanceof Body.Upgraded to) {
      String protocol = to.protocol();
      boolean offered = Switching.isProtocol(protocol) && request.offersUpgrade(protocol);
      Clause.UPGRADE_OFFERED.unless(offered, protocol);
    }
  }

  private static boolean whole(Body.File file) {
    try {
      return Files.isRegularFile(file.path())
          && Files.size(file.path()) >= file.offset() + file.length();
    } catch (IOException e) {
      return false;
    }
  }
}
