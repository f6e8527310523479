package spyglass.lookout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import spyglass.config.Configuration;
import spyglass.config.Misuse;
import spyglass.config.Said;
import spyglass.unix.Access;
import spyglass.unix.Kernel;
import spyglass.unix.KernelFiles;
import spyglass.unix.KernelUsers;
import spyglass.unix.KernelUsers.User;
import spyglass.unix.Place;

/**
 * {@code --user} and {@code --group}: whom to be from the execve on. Root may listen on port 80 and write
 * to /var/log; an app should not. No code of the app runs before.
 */
final class Privileges {

  private static final int SET_GROUP_ID = 02000;

  private final KernelUsers kernel;
  private final Optional<User> user;
  private final Optional<Integer> group;
  private final Optional<Said> visitors;

  private Privileges(
      KernelUsers kernel, Optional<User> user, Optional<Integer> group, Optional<Said> visitors) {
    this.kernel = kernel;
    this.user = user;
    this.group = group;
    this.visitors = visitors;
  }

  /** Looks them up. Whoever is not root can only be himself. */
  static Privileges of(Configuration options, Kernel kernel) throws Misuse {
    KernelUsers users = new KernelUsers(kernel);
    Optional<User> user = Optional.empty();
    Optional<Integer> group = Optional.empty();
    if (options.find("user").isPresent()) {
      user = users.user(options.text("user"));
      check(options, "user", user.map(User::uid), users.uid(), users);
    }
    if (options.find("group").isPresent()) {
      group = users.group(options.text("group"));
      check(options, "group", group, users.gid(), users);
    }
    Optional<Said> visitors =
        options.find("listen-group").map(name -> options.said("listen-group"));
    return users.uid() == 0
        ? new Privileges(users, user, group, visitors)
        : new Privileges(users, Optional.empty(), Optional.empty(), visitors);
  }

  private static void check(
      Configuration options, String name, Optional<Integer> wanted, int ours, KernelUsers users)
      throws Misuse {
    String given = options.said(name).culprit();
    if (wanted.isEmpty()) {
      throw nobody(given, name);
    }
    if (users.uid() != 0 && wanted.get() != ours) {
      throw new Misuse(
          given + ": only root can be somebody else: start it as root, or leave it out");
    }
  }

  private static Misuse nobody(String given, String kind) {
    return new Misuse(given + ": there is no such " + kind + ": see getent(1)");
  }

  /** Who the server is going to be. */
  int uid() {
    return user.map(User::uid).orElseGet(kernel::uid);
  }

  /** Whether we are root and are not going to be. */
  boolean leavesRoot() {
    return user.isPresent() && uid() != 0;
  }

  private int gid() {
    return group.or(() -> user.map(User::gid)).orElseGet(kernel::gid);
  }

  private boolean change() {
    return user.isPresent() || group.isPresent();
  }

  /**
   * Gives a file away that the server has to write to, or to remove, later.
   *
   * @param file one that is held, or that nobody else can replace: chown(2) would follow a link
   */
  void give(Path file) throws IOException {
    if (user.isPresent()) {
      Files.setAttribute(file, "unix:uid", user.get().uid());
    }
    if (change()) {
      Files.setAttribute(file, "unix:gid", gid());
    }
  }

  /**
   * The same for a file that goes with the server. A Unix socket's group are those who may connect, a
   * proxy most often: the one that was named, or the folder's if that hands its own on (inode(7): the
   * set-group-ID bit), or else the server's own.
   */
  void give(OwnFile file, Kernel kernel) throws Misuse, IOException {
    boolean socket = file.option().equals(OwnFile.SOCKET);
    try (Place place = Place.of(file.path(), kernel)) {
      int descriptor = new KernelFiles(kernel).hold(place.path());
      Path held = KernelFiles.path(descriptor);
      Access access = Access.ofOpen(descriptor);
      boolean same = file.inode().equals(OwnFile.inode(held));
      if (!same || (socket && !(access.isSocket() && access.isOf(this.kernel.uid())))) {
        throw new IOException(file.path() + " was replaced by somebody while the server started");
      }
      give(held);
      if (socket && visitors.isPresent()) {
        giveTo(visitors.get(), held);
      } else if (socket && handsItsGroupOn(place.path().resolveSibling("."))) {
        Files.setAttribute(held, "unix:gid", access.gid());
      }
      kernel.close(descriptor);
    }
  }

  private static boolean handsItsGroupOn(Path folder) throws IOException {
    return ((int) Files.getAttribute(folder, "unix:mode") & SET_GROUP_ID) != 0;
  }

  private void giveTo(Said said, Path socket) throws Misuse {
    int gid = kernel.group(said.text()).orElseThrow(() -> nobody(said.culprit(), "group"));
    try {
      Files.setAttribute(socket, "unix:gid", gid);
    } catch (IOException e) {
      throw new Misuse(
          said.culprit() + ": only root, or a member of that group, can give it a socket");
    }
  }

  /** The variables as they fit the one we are going to be: his home, and no folders of root's. */
  List<String> fit(List<String> environment) {
    List<String> fitting = new ArrayList<>(environment);
    user.ifPresent(one -> {
      fitting.removeIf(variable -> variable.matches("(?s)(HOME|USER|LOGNAME|XDG_[A-Z_]*)=.*"));
      fitting.add("HOME=" + one.home());
      fitting.add("USER=" + one.name());
      fitting.add("LOGNAME=" + one.name());
    });
    return fitting;
  }

  /**
   * There is no way back, and little that one can do afterwards. Not even /proc/self is open to us
   * until the execve.
   *
   * @param needed what the new one must be able to read
   */
  void drop(List<Path> needed) throws Misuse, IOException {
    if (user.isPresent()) {
      kernel.setUser(user.get(), gid());
    } else if (group.isPresent()) {
      kernel.setGroup(group.get());
    }
    for (Path file : needed) {
      if (change() && !Files.isReadable(file)) {
        throw new Misuse(
            (file + " cannot be read by " + user.map(User::name).orElse("that group"))
                + ": see to the permissions of it and of the folders above");
      }
    }
  }
}
