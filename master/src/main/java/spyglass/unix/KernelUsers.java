package spyglass.unix;

import java.io.IOException;
import java.util.Optional;
import jnr.ffi.LibraryLoader;
import jnr.posix.Group;
import jnr.posix.Passwd;

/** The chapter of the {@link Kernel} about whose a process is. */
public final class KernelUsers {

  private final Kernel kernel;

  /** What jnr-posix has no word for. */
  public interface LibC {
    /** initgroups(3). */
    int initgroups(String user, int group);

    /** setgroups(2). */
    int setgroups(long count, int[] groups);
  }

  /**
   * One line of /etc/passwd (passwd(5)).
   *
   * @param name what the user is called
   * @param uid what the kernel calls him
   * @param gid his group
   * @param home his folder
   */
  public record User(String name, int uid, int gid, String home) {}

  /** This chapter of a kernel. */
  public KernelUsers(Kernel kernel) {
    this.kernel = kernel;
  }

  /** geteuid(2). */
  public int uid() {
    return kernel.posix.geteuid();
  }

  /** getegid(2). */
  public int gid() {
    return kernel.posix.getegid();
  }

  /** getpwnam(3), or getpwuid(3) for a number. */
  public Optional<User> user(String name) {
    Passwd found =
        isNumber(name)
            ? kernel.posix.getpwuid(Integer.parseInt(name))
            : kernel.posix.getpwnam(name);
    return Optional.ofNullable(found)
        .map(it -> new User(it.getLoginName(), (int) it.getUID(), (int) it.getGID(), it.getHome()));
  }

  /** getgrnam(3), or getgrgid(3) for a number: what the kernel calls a group. */
  public Optional<Integer> group(String name) {
    Group found =
        isNumber(name)
            ? kernel.posix.getgrgid(Integer.parseInt(name))
            : kernel.posix.getgrnam(name);
    return Optional.ofNullable(found).map(it -> (int) it.getGID());
  }

  /** Made where it is needed: most servers stay whose they are, and to make it takes time. */
  private static LibC libc() {
    return LibraryLoader.create(LibC.class).load("c");
  }

  private static boolean isNumber(String name) {
    return name.matches("[0-9]{1,9}");
  }

  /**
   * setgid(2), with no groups but that one: setgroups(2). All three numbers the kernel keeps are set,
   * so there is no way back once {@link #setUser} has followed.
   */
  public void setGroup(int gid) throws IOException {
    kernel.check("setgroups", libc().setgroups(1, new int[] {gid}));
    kernel.check("setgid", kernel.posix.setgid(gid));
  }

  /**
   * initgroups(3), setgid(2), setuid(2), in this order, because after the last one nothing more is
   * permitted. The C library tells all threads of the process, each of which has its own numbers.
   */
  public void setUser(User user, int gid) throws IOException {
    kernel.check("initgroups", libc().initgroups(user.name(), gid));
    kernel.check("setgid", kernel.posix.setgid(gid));
    kernel.check("setuid", kernel.posix.setuid(user.uid()));
  }
}
