package spyglass.lookout;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import spyglass.config.Misuse;
import spyglass.life.Single;

/**
 * Finds the app in a jar without running any of it: the service file says which class, and the class
 * file's own header says whether this JDK can load it. App code runs in workers only.
 */
final class AppJar {

  private static final String SERVICE = "META-INF/services/spyglass.http.App";

  /** Names of classes, one a line: there are few. */
  private static final int LONGEST_SERVICE = 64 << 10;

  /** Nobody writes a class of a megabyte; a tool may. */
  private static final int LONGEST_CLASS = 16 << 20;

  /** Class files count from 45 for Java 1.1. */
  private static final int JAVA_0 = 44;

  private static final String ALONE = Single.class.descriptorString();

  private final Path path;

  /**
   * An app in a jar.
   *
   * @param name its class
   * @param single whether there must never be two of it at once
   */
  record Found(String name, boolean single) {}

  AppJar(Path path) {
    this.path = path;
  }

  /**
   * The app to call.
   *
   * @param wanted the class that the user chooses, or null
   */
  Found app(@Nullable String wanted) throws Misuse {
    checkPath();
    try (JarFile jar = new JarFile(path.toFile())) {
      String name = wanted == null ? offered(jar) : wanted;
      return new Found(name, check(jar, name));
    } catch (ZipException e) {
      throw new Misuse(path + " is not a jar: give one that mvn package has made");
    } catch (IOException e) {
      throw new Misuse(path + " cannot be read (" + e.getMessage() + "): check its permissions");
    }
  }

  /** Whether it offers an app of its own accord. */
  boolean offersApp() throws Misuse {
    try (JarFile jar = new JarFile(path.toFile())) {
      return !named(jar, SERVICE).isEmpty();
    } catch (IOException e) {
      throw new Misuse(path + " cannot be read (" + e.getMessage() + "): check its permissions");
    }
  }

  /** Checks that it can stand on a class path. */
  void checkPath() throws Misuse {
    if (Files.isDirectory(path)) {
      throw new Misuse(path + " is a folder: give a jar, such as mvn package leaves in target/");
    }
    if (!Files.exists(path)) {
      throw new Misuse(path + ": no such file: give the path of the app's jar");
    }
    if (path.toAbsolutePath().toString().contains(":")) {
      throw new Misuse(path + ": a colon ends a name on a class path: move or rename the jar");
    }
  }

  /** The classes that a jar's service file names. */
  static List<String> named(JarFile jar, String service) throws IOException, Misuse {
    ZipEntry entry = jar.getEntry(service);
    if (entry == null) {
      return List.of();
    }
    return new String(read(jar, entry, LONGEST_SERVICE), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  /** A class of a jar. */
  static byte[] read(JarFile jar, ZipEntry entry) throws IOException, Misuse {
    return read(jar, entry, LONGEST_CLASS);
  }

  /** What a jar holds may be a thousand times as large as the jar: so much and no more is read. */
  private static byte[] read(JarFile jar, ZipEntry entry, int longest) throws IOException, Misuse {
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(longest + 1);
      if (bytes.length > longest) {
        throw new Misuse(
            (jar.getName() + " holds a file " + entry.getName())
                + (" that is larger than " + (longest >> 10) + " KiB: build it again"));
      }
      return bytes;
    }
  }

  private String offered(JarFile jar) throws IOException, Misuse {
    List<String> names = named(jar, SERVICE);
    return switch (names.size()) {
      case 0 ->
          throw new Misuse(
              path + " offers no app: name its class in " + SERVICE + ", or with --app CLASS");
      case 1 -> names.getFirst();
      default ->
          throw new Misuse(
              path
                  + " offers "
                  + names.size()
                  + " apps: choose one with --app: "
                  + String.join(", ", names));
    };
  }

  /** Checks the class, and tells whether it says that it must be alone. */
  private boolean check(JarFile jar, String name) throws IOException, Misuse {
    ZipEntry entry = jar.getEntry(name.replace('.', '/') + ".class");
    if (entry == null) {
      throw new Misuse(
          path + " holds no class " + name + ": check the spelling, or build it again");
    }
    byte[] bytes = read(jar, entry);
    int version = bytes.length < 8 ? 0 : (bytes[6] & 0xff) << 8 | (bytes[7] & 0xff);
    int ours = ClassFile.latestMajorVersion();
    if (version > ours) {
      throw new Misuse(
          path
              + " needs Java "
              + (version - JAVA_0)
              + " and this is "
              + (ours - JAVA_0)
              + ": set SPYGLASS_JAVA_HOME to a newer JDK, or build it with --release "
              + (ours - JAVA_0));
    }
    return checkShape(name, bytes);
  }

  private boolean checkShape(String name, byte[] bytes) throws Misuse {
    try {
      ClassModel model = ClassFile.of().parse(bytes);
      boolean usable =
          model.flags().has(AccessFlag.PUBLIC)
              && !model.flags().has(AccessFlag.ABSTRACT)
              && hasConstructor(model);
      if (!usable) {
        throw new Misuse(
            name
                + " cannot be made: it must be a public class with a public constructor that takes"
                + " nothing");
      }
      if (isPlain(model)) {
        throw new Misuse(name + " is no app: it must implement spyglass.http.App");
      }
      return isSingle(model);
    } catch (IllegalArgumentException e) {
      throw new Misuse(path + " holds a damaged class " + name + ": build it again");
    }
  }

  /** Whether a class says that it must be alone. */
  static boolean isSingle(ClassModel model) {
    return model
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .filter(
            all -> all.annotations().stream().anyMatch(it -> it.className().equalsString(ALONE)))
        .isPresent();
  }

  private static boolean hasConstructor(ClassModel model) {
    return model.methods().stream()
        .anyMatch(method ->
            method.methodName().equalsString("<init>")
                && method.methodType().equalsString("()V")
                && method.flags().has(AccessFlag.PUBLIC));
  }

  /** Whether the class neither implements nor inherits anything, so that it surely is no app. */
  private static boolean isPlain(ClassModel model) {
    return model.interfaces().isEmpty()
        && model
            .superclass()
            .filter(up -> !up.asInternalName().equals("java/lang/Object"))
            .isEmpty();
  }
}
