package examples.guestbook;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import spyglass.http.App;
import spyglass.http.Request;
import spyglass.http.Response;

/**
 * A small real web app: a page, a form, a database.
 *
 * <p>Open it in a browser, write something, and stay away for longer than {@code --timeout}. Every
 * process that has ever seen your words has ended by then; {@code ps -e | grep spy-} shows the
 * lookout, which knows no guestbook. Reload: the page needs a moment, the number at its foot is a
 * new process, and your words are there, because they are in a file. State that must survive a
 * process lives outside of it; that is the whole price of sleeping.
 *
 * <p>With {@code --workers 3} several processes write to that file at once. {@link Entries} says
 * why that goes well.
 */
public final class Guestbook implements App {

  private final Entries entries;

  /**
   * With the database in the file that GUESTBOOK_DB names, a system property or an environment
   * variable, else in the folder that the server has for an app's data, else in the user's. A file that cannot be used fails here, at boot, where
   * the server can tell every visitor, and not later for one of them.
   */
  public Guestbook() throws Exception {
    this(database());
  }

  Guestbook(Path database) throws Exception {
    Path folder = database.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    NativeLibrary.unpackInto(Folders.cache());
    this.entries = Entries.in(database);
  }

  private static Path database() {
    return Optional.ofNullable(System.getProperty("GUESTBOOK_DB"))
        .or(() -> Optional.ofNullable(System.getenv("GUESTBOOK_DB")))
        .filter(name -> !name.isBlank())
        .map(Path::of)
        .orElseGet(() -> Folders.data().resolve("guestbook.db"));
  }

  @Override
  public Response call(Request request) throws Exception {
    if (!request.path().equals("/")) {
      return Response.text("Nothing here; the guestbook is at /\n").withStatus(404);
    }
    return switch (request.method()) {
      case "GET", "HEAD" -> page(200, Form.BLANK, "");
      case "POST" -> post(request);
      default ->
          Response.text("A guestbook is read (GET) and written in (POST).\n")
              .withStatus(405)
              .withHeader("Allow", "GET, HEAD, POST");
    };
  }

  private Response post(Request request) throws Exception {
    if (isForeign(request)) {
      return Response.text("Please use the form on this book's own page.\n").withStatus(403);
    }
    return switch (Form.read(request)) {
      case Form.Posted.Refused refused -> page(refused.status(), refused.form(), refused.why());
      case Form.Posted.Taken taken -> {
        entries.add(taken.form().name(), taken.form().words());
        // Post, redirect, get: the browser ends on a page it may reload without posting twice.
        yield Response.seeOther("/");
      }
    };
  }

  /**
   * Whether the form is on another site's page: its visitor need not know that it signs anything.
   * A browser says so whenever it posts. Only a proxy knows whether there is TLS before it, so both
   * schemes will do; host and port are compared whole.
   */
  private static boolean isForeign(Request request) {
    String here = "://" + request.authority();
    return !request.headers().all("Origin").stream()
        .allMatch(
            from -> from.equalsIgnoreCase("http" + here) || from.equalsIgnoreCase("https" + here));
  }

  private Response page(int status, Form form, String complaint) throws Exception {
    return Response.html(Page.of(entries.newest(), form, complaint))
        .withStatus(status)
        .withHeader("Cache-Control", "no-store")
        .withHeader("X-Content-Type-Options", "nosniff")
        // Should a visitor's words ever get past the escaping: no script runs on this page.
        .withHeader("Content-Security-Policy", Page.POLICY);
  }
}
