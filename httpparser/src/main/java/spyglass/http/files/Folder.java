package spyglass.http.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.StreamSupport;
import spyglass.http.App;
import spyglass.http.Request;
import spyglass.http.Response;

/**
 * Serves the files in a folder and can never leave it: a path is decoded and resolved first ({@link
 * Request#decodedPath}), then the kernel is asked where it really leads, through all symbolic
 * links, and only what lies below the folder's own real path is served. A folder is answered with
 * its {@code index.html}. What begins with a dot is not there, unless {@link #withHidden} says so.
 *
 * <p>This keeps visitors out, not neighbours: whoever may write into the folder can exchange a file
 * for a link between our look and the server's opening it.
 */
public final class Folder implements App {

  private static final String INDEX = "index.html";

  private final Path root;
  private final boolean hidden;

  /**
   * Serves a folder.
   *
   * @throws IOException when it is not there
   */
  public Folder(Path root) throws IOException {
    this(root.toRealPath(), false);
  }

  private Folder(Path realRoot, boolean hidden) {
    this.root = realRoot;
    this.hidden = hidden;
  }

  /** The same folder with the files whose names begin with a dot. */
  public Folder withHidden() {
    return new Folder(root, true);
  }

  @Override
  public Response call(Request request) throws IOException {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Response.text(405, "Files can only be read.\n").withHeader("Allow", "GET, HEAD");
    }
    String path = request.decodedPath();
    Optional<Path> found = find(path);
    boolean asFolder = path.endsWith("/");
    if (found.isPresent() && Files.isDirectory(found.get())) {
      if (!asFolder) {
        return withSlash(request, path);
      }
      found = find(path + INDEX);
    } else if (asFolder) {
      found = Optional.empty();
    }
    // Not a pipe or a device: opening one can wait for ever.
    if (found.isEmpty() || !Files.isRegularFile(found.get()) || !Files.isReadable(found.get())) {
      return Response.text(404, "There is no such file.\n");
    }
    return Response.file(Types.of(found.get()), found.get());
  }

  /** What the path really names, if that may be shown. */
  private Optional<Path> find(String path) throws IOException {
    // Two slashes are no second spelling of one: a proxy in front may have rules about paths.
    if (!path.startsWith("/") || path.contains("//") || (!hidden && path.contains("/."))) {
      return Optional.empty();
    }
    try {
      Path real = root.resolve(path.substring(1)).toRealPath();
      return real.startsWith(root) && mayBeSeen(real) ? Optional.of(real) : Optional.empty();
    } catch (FileSystemException | InvalidPathException e) {
      // Not there, no folder on the way, a loop of links, a name too long, or one that the
      // locale's encoding cannot express: it comes to the same.
      return Optional.empty();
    }
  }

  /** A link with an innocent name may still lead to a hidden place. */
  private boolean mayBeSeen(Path real) {
    return hidden
        || StreamSupport.stream(root.relativize(real).spliterator(), false)
            .noneMatch(name -> name.toString().startsWith("."));
  }

  /**
   * To the same path with a slash at its end, so that the links in its index lead below it. The
   * location is relative, which is right whatever a proxy calls this place and cannot lead to
   * another host.
   */
  private static Response withSlash(Request request, String path) {
    String name = UriText.encode(path.substring(path.lastIndexOf('/') + 1));
    String query = request.query().isEmpty() ? "" : "?" + UriText.keep(request.query());
    return Response.redirect(301, "./" + name + "/" + query);
  }
}
