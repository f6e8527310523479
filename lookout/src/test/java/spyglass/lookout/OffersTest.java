package spyglass.lookout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.config.Configuration;
import spyglass.config.JvmVariables;
import spyglass.config.Misuse;
import spyglass.config.Origin;
import spyglass.config.Said;
import spyglass.config.Sources;
import spyglass.protocol.Provides;

/** Against jars whose classes hold nothing but an annotation; none is ever loaded. */
class OffersTest {

  private static final String SERVICE = "META-INF/services/spyglass.protocol.Protocol";

  @TempDir private Path folder;

  /** A jar with one protocol. */
  private Path jar(String file, String name, String... needs) throws IOException {
    return holding(file, Map.of(SERVICE, "P\n".getBytes(UTF_8), "P.class", type(name, needs)));
  }

  private Path holding(String file, Map<String, byte[]> entries) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    try (OutputStream out = Files.newOutputStream(path);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new ZipEntry(entry.getKey()));
        jar.write(entry.getValue());
      }
    }
    return path;
  }

  private static byte[] type(String name, String... needs) {
    List<AnnotationValue> all =
        Arrays.stream(needs).<AnnotationValue>map(AnnotationValue::ofString).toList();
    Annotation provides =
        Annotation.of(
            ClassDesc.ofDescriptor(Provides.class.descriptorString()),
            AnnotationElement.of("name", AnnotationValue.ofString(name)),
            AnnotationElement.of("needs", AnnotationValue.ofArray(all)));
    return ClassFile.of()
        .build(
            ClassDesc.of("P"), type -> type.with(RuntimeVisibleAnnotationsAttribute.of(provides)));
  }

  private Served check(Object... typed) throws Misuse {
    return Served.check(read(typed), JvmVariables.NONE);
  }

  private static Configuration read(Object... typed) throws Misuse {
    List<Said> said = new ArrayList<>();
    for (int i = 0; i < typed.length; i += 2) {
      said.add(new Said(typed[i].toString(), typed[i + 1].toString(), new Origin.Typed()));
    }
    return Sources.read(Map.of(), said);
  }

  private String misuse(Object... typed) {
    Misuse e = assertThrows(Misuse.class, () -> check(typed));
    return String.valueOf(e.getMessage()).replace(folder.toString(), "DIR");
  }

  @Test
  void aProtocolIsFoundInAFolderOfJarsAndNeedsNoJarBesides() throws Exception {
    Path second = jar("lib/b.jar", "other");
    Path first = jar("lib/a.jar", "one", "other");
    Served served = check("protocol", "one", "lib", folder.resolve("lib"));
    assertEquals("one", served.name());
    assertEquals(List.of(first, second), served.jars().all());
    assertEquals(":" + first + ":" + second, served.jars().classPath());
  }

  @Test
  void theJarOfTheAppIsFirstAndNotTakenTwice() throws Exception {
    Path first = jar("lib/a.jar", "one");
    Path second = jar("lib/b.jar", "other");
    Path lib = folder.resolve("lib");
    assertEquals(
        List.of(second, first), check("protocol", "one", "lib", lib, "jar", second).jars().all());
  }

  @Test
  void aMissingNeedIsNamedWithTheWayToIt() throws Exception {
    jar("lib/a.jar", "one", "two");
    jar("lib/b.jar", "two", "three");
    assertEquals(
        "--protocol one needs two needs three, which no jar brings: there is one, two",
        misuse("protocol", "one", "lib", folder.resolve("lib")));
    assertEquals(
        "--protocol x, which no jar brings: there is one, two",
        misuse("protocol", "x", "lib", folder.resolve("lib")));
  }

  @Test
  void aCircleIsNamed() throws Exception {
    jar("lib/a.jar", "one", "two");
    jar("lib/b.jar", "two", "one");
    assertEquals(
        "--protocol one needs two needs one: break the circle",
        misuse("protocol", "one", "lib", folder.resolve("lib")));
  }

  @Test
  void twoJarsWithOneNameAreBothNamed() throws Exception {
    jar("lib/a.jar", "one");
    jar("lib/b.jar", "one");
    assertEquals(
        "DIR/lib/a.jar and DIR/lib/b.jar both bring the protocol one: leave one of them out",
        misuse("protocol", "one", "lib", folder.resolve("lib")));
  }

  @Test
  void nobodyElseMayBeCalledHttp() throws Exception {
    Path jar = jar("a.jar", "http");
    assertEquals(
        "DIR/a.jar brings a protocol named http, and that word is ours: rename it",
        misuse("jar", jar));
  }

  @Test
  void aFolderThatIsNoneOrHoldsNoJarIsNamed() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertEquals(
        "--lib DIR/empty: there is no jar in DIR/empty: give a folder with some",
        misuse("protocol", "one", "lib", empty));
    assertEquals(
        "--lib DIR/none: DIR/none is no folder: give one with jars in it",
        misuse("protocol", "one", "lib", folder.resolve("none")));
    Files.writeString(empty.resolve("text.jar"), "Dear diary");
    assertEquals(
        "DIR/empty/text.jar is not a jar: give one that mvn package has made",
        misuse("protocol", "one", "lib", empty));
  }

  @Test
  void whatIsForHttpOnlyOrNotForHttpIsRefusedWithTheReason() throws Exception {
    Path jar = jar("a.jar", "one");
    assertEquals(
        "--trust unix: that is for HTTP, and the protocol is one: leave it out",
        misuse("protocol", "one", "jar", jar, "trust", "unix"));
    assertEquals(
        "--proxy-protocol true: that is for HTTP, and the protocol is one: leave it out",
        misuse("protocol", "one", "jar", jar, "proxy-protocol", "true"));
    assertEquals(
        "--probe /up: that is for HTTP, and the protocol is one: leave it out",
        misuse("protocol", "one", "jar", jar, "probe", "/up"));
    for (String path : List.of("healthz", "/up?now", "/with blank", "http://a/up")) {
      assertEquals(
          "--probe "
              + path
              + ": a path begins with a slash and holds no blanks and no query: give one such as"
              + " /healthz",
          misuse("jar", jar, "probe", path));
    }
    assertTrue(misuse("jar", jar, "accept", "spawn").startsWith("--accept spawn: HTTP clients"));
    check("protocol", "one", "jar", jar, "accept", "spawn");
  }

  @Test
  void theOneProtocolOfAJarWithoutAnAppGoesWithoutSaying() throws Exception {
    Path jar = jar("a.jar", "one");
    assertEquals("one", Offers.choose(read("jar", jar)).text("protocol"));
    assertEquals("http", Offers.choose(read("jar", jar, "protocol", "http")).text("protocol"));
    assertEquals("http", Offers.choose(read("jar", jar, "app", "My")).text("protocol"));
    Map<String, byte[]> entries = new TreeMap<>();
    entries.put(SERVICE, "P\nQ\n".getBytes(UTF_8));
    entries.put("P.class", type("two"));
    entries.put("Q.class", type("one"));
    Path several = holding("b.jar", entries);
    assertEquals(
        several + " brings no app, and several protocols: say --protocol NAME: one, two",
        assertThrows(Misuse.class, () -> Offers.choose(read("jar", several))).getMessage());
    entries.put("META-INF/services/spyglass.http.App", "App".getBytes(UTF_8));
    Path both = holding("c.jar", entries);
    assertEquals("http", Offers.choose(read("jar", both)).text("protocol"));
  }

  @Test
  void whatNoProtocolKnowsIsNotTold() throws Exception {
    Path jar = jar("a.jar", "one");
    assertEquals(
        "--option one.x=1: no such option: no jar brings a protocol that could be told anything",
        misuse("protocol", "one", "jar", jar, "option", "one.x=1"));
  }
}
