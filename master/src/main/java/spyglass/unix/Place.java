package spyglass.unix;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A name in a folder that is held by a descriptor. As far as a path is firm ({@link Ground}), links in it are
 * followed; further down, where others could put one, none is. So whatever is renamed meanwhile, a path
 * of the form {@code /proc/self/fd/N/name} leads to the folder that was looked at: that is how the JDK,
 * which has no openat(2), can be told.
 */
public final class Place implements AutoCloseable {

  /** What lies there is not what it should be. The message says what it is. */
  public static final class Unfit extends IOException {
    private static final long serialVersionUID = 1L;

    Unfit(String what) {
      super(what);
    }
  }

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final int FOR_ALL_TO_READ = 0755;

  private final KernelFiles files;
  private final int folder;
  private final String name;
  private final boolean ours;

  private Place(KernelFiles files, int folder, String name, boolean ours) {
    this.files = files;
    this.folder = folder;
    this.name = name;
    this.ours = ours;
  }

  /** Holds the folder of a path, which must be there. The last name is taken as it is, a link or not. */
  public static Place of(Path path, Kernel kernel) throws IOException {
    return of(path, new KernelFiles(kernel), false);
  }

  /** The same, but a link is followed where only root and we can have made it. */
  public static Place following(Path path, Kernel kernel) throws IOException {
    Ground ground = Ground.of(path);
    return of(ground.rest().isEmpty() ? ground.firm() : path, kernel);
  }

  /** The same as {@link #of} with folders that are made, for all to look into, where they are missing. */
  public static Place making(Path path, Kernel kernel) throws IOException {
    return of(path, new KernelFiles(kernel), true);
  }

  private static Place of(Path path, KernelFiles files, boolean make) throws IOException {
    Path above = path.toAbsolutePath().getParent();
    if (above == null) {
      throw new Unfit("a folder");
    }
    Ground ground = Ground.of(above);
    Deque<String> names = new ArrayDeque<>(ground.rest());
    names.add(String.valueOf(path.getFileName()));
    boolean ours = ground.access().isTrustedBy(ground.user());
    Place place = new Place(files, files.holdFolder(ground.firm()), names.removeFirst(), ours);
    while (!names.isEmpty()) {
      place = place.below(names.removeFirst(), make);
    }
    return place;
  }

  private Place below(String next, boolean make) throws IOException {
    try (this) {
      if (next.equals("..")) {
        throw new Unfit("behind a .. in a folder that others can change");
      }
      if (make) {
        OptionalInt made = makeFolder(FOR_ALL_TO_READ);
        if (made.isPresent()) {
          files.close(made.getAsInt());
        }
      }
      return new Place(files, files.holdFolder(path()), next, false);
    }
  }

  /** Leads to the name in the folder that is held, until this is closed. */
  public Path path() {
    return KernelFiles.path(folder).resolve(name);
  }

  /**
   * Whether nobody else can put anything there. Where others can, a file that has a second name may be
   * one of ours that is not theirs to read or write (link(2)).
   */
  boolean isOurs() {
    return ours;
  }

  /**
   * Makes a folder there, whatever the umask.
   *
   * @return its descriptor, to be closed by the caller; none if something was there already
   */
  public OptionalInt makeFolder(int mode) throws IOException {
    try {
      Files.createDirectory(path(), PRIVATE);
    } catch (FileAlreadyExistsException e) {
      return OptionalInt.empty();
    }
    int made = files.holdFolder(path());
    Path held = KernelFiles.path(made);
    try (Stream<Path> inside = Files.list(held)) {
      // Whoever can write here can have put another of our folders in its place.
      if (Access.ofOpen(made).isOf(Access.ourselves()) && inside.findAny().isEmpty()) {
        Files.setAttribute(held, "unix:mode", mode);
        return OptionalInt.of(made);
      }
    }
    files.close(made);
    throw new Unfit("not the folder that was made");
  }

  @Override
  public void close() throws IOException {
    files.close(folder);
  }
}
