package spyglass.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import spyglass.http.App;
import spyglass.protocol.Protocol;

/** Makes the jar of a small app, or of something that almost is one. */
public final class TestJar {

  /** No JDK can read this for some decades. */
  private static final byte FUTURE = 99;

  private final Path folder;
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  private TestJar(Path folder) {
    this.folder = folder;
  }

  static TestJar in(Path folder) {
    return new TestJar(folder);
  }

  /** A jar with one app, as they should be. */
  public static String withApp(Path folder, String name, String members) throws IOException {
    return in(folder).app(name, members).offering(name).write(name + ".jar");
  }

  /** A jar with an app that never starts, and says "not today". */
  static String withNever(Path folder) throws IOException {
    return withApp(
        folder,
        "Never",
        """
        public Never() {
          throw new IllegalStateException("not today");
        }
        public Response call(Request request) {
          return Response.of(204);
        }
        """);
  }

  /** A jar with an app that says "waiting" and does not start before a file is there. */
  static String withWaiter(Path folder, Path gate) throws IOException {
    return withApp(
        folder,
        "Waiter",
        """
        public Waiter() throws InterruptedException {
          System.out.println("waiting");
          while (!new java.io.File("%s").exists()) {
            Thread.sleep(20);
          }
        }
        public Response call(Request request) {
          return Response.text("at last");
        }
        """
            .formatted(gate));
  }

  /** Adds an app, a class without package, that has these fields and methods. */
  TestJar app(String name, String members) throws IOException {
    return type(name, "public final class " + name + " implements App {" + members + "}");
  }

  /** Adds a class. */
  TestJar type(String name, String declaration) throws IOException {
    Path source = folder.resolve(name + ".java");
    Files.writeString(
        source, "import spyglass.http.*;\nimport spyglass.protocol.*;\n" + declaration + "\n");
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of("-cp", contract() + ":" + folder, "-proc:none", "-d", folder.toString());
      if (!javac
          .getTask(null, files, null, options, null, files.getJavaFileObjects(source))
          .call()) {
        throw new IllegalArgumentException("javac does not like " + declaration);
      }
    }
    entries.put(name + ".class", Files.readAllBytes(folder.resolve(name + ".class")));
    return this;
  }

  /** Where the app contract's classes are, in this build. */
  private static String contract() {
    try {
      return Path.of(App.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds the service file. */
  TestJar offering(String... names) {
    return service(App.class, names);
  }

  /** Adds the service file of a jar that brings protocols. */
  TestJar offeringProtocols(String... names) {
    return service(Protocol.class, names);
  }

  private TestJar service(Class<?> contract, String... names) {
    String service = "# who answers\n" + String.join("\n", names) + "\n";
    entries.put(
        "META-INF/services/" + contract.getName(), service.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Names the class whose {@code premain} runs before main in a JVM that is told of this jar. */
  TestJar agent(String name) {
    String manifest = "Manifest-Version: 1.0\nPremain-Class: " + name + "\n";
    entries.put("META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Makes a class look as if a compiler to come had made it: bytes 6 and 7 are the version. */
  TestJar fromTheFuture(String name) {
    byte[] file = entries.getOrDefault(name + ".class", new byte[8]);
    file[6] = 0;
    file[7] = FUTURE;
    return this;
  }

  /** Writes the jar and answers its path. */
  String write(String name) throws IOException {
    Path path = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(path);
        JarOutputStream jar = new JarOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey()));
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    }
    return path.toString();
  }
}
