package spyglass.lookout;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import spyglass.config.Misuse;
import spyglass.protocol.Provides;

/**
 * Finds the protocols in a jar without running any of it: the service file names the classes, and each
 * class file holds the annotation that says what the protocol is called and can be told.
 */
final class ProtocolJar {

  private static final String SERVICE = "META-INF/services/spyglass.protocol.Protocol";

  private static final String ANNOTATION = Provides.class.descriptorString();

  /**
   * A protocol as its annotation describes it.
   *
   * @param name what it is called
   * @param about one sentence
   * @param needs the protocols that must be there
   * @param options what it can be told
   * @param single whether there must never be two of it at once
   */
  record Offer(String name, String about, List<String> needs, List<Told> options, boolean single) {}

  /**
   * One thing that a protocol can be told.
   *
   * @param name without the protocol's
   * @param value what it is unless told
   * @param about one sentence
   */
  record Told(String name, String value, String about) {}

  private ProtocolJar() {}

  /** What a jar offers; nothing if it is no jar with protocols. */
  static List<Offer> offers(Path path) throws Misuse {
    List<Offer> offers = new ArrayList<>();
    try (JarFile jar = new JarFile(path.toFile())) {
      for (String name : AppJar.named(jar, SERVICE)) {
        ZipEntry entry = jar.getEntry(name.replace('.', '/') + ".class");
        if (entry == null) {
          throw new Misuse(path + " holds no class " + name + ": check " + SERVICE);
        }
        offer(ClassFile.of().parse(AppJar.read(jar, entry))).ifPresent(offers::add);
      }
    } catch (ZipException e) {
      throw new Misuse(path + " is not a jar: give one that mvn package has made");
    } catch (IOException e) {
      throw new Misuse(path + " cannot be read (" + e.getMessage() + "): check its permissions");
    } catch (IllegalArgumentException e) {
      throw new Misuse(path + " holds a damaged class: build it again");
    }
    return offers;
  }

  private static Optional<Offer> offer(ClassModel model) {
    return model
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .flatMap(all ->
            all.annotations().stream()
                .filter(annotation -> annotation.className().equalsString(ANNOTATION))
                .findFirst())
        .map(provides -> offer(provides, AppJar.isSingle(model)));
  }

  private static Offer offer(Annotation provides, boolean single) {
    Map<String, AnnotationValue> values = values(provides);
    return new Offer(
        text(values, "name"),
        text(values, "about"),
        list(values, "needs", value -> ((AnnotationValue.OfString) value).stringValue()),
        list(values, "options", value -> told(((AnnotationValue.OfAnnotation) value).annotation())),
        single);
  }

  private static Told told(Annotation option) {
    Map<String, AnnotationValue> values = values(option);
    return new Told(text(values, "name"), text(values, "value"), text(values, "about"));
  }

  private static Map<String, AnnotationValue> values(Annotation annotation) {
    return annotation.elements().stream()
        .collect(
            Collectors.toMap(element -> element.name().stringValue(), AnnotationElement::value));
  }

  private static String text(Map<String, AnnotationValue> values, String name) {
    return values.get(name) instanceof AnnotationValue.OfString text ? text.stringValue() : "";
  }

  private static <T> List<T> list(
      Map<String, AnnotationValue> values, String name, Function<AnnotationValue, T> each) {
    return values.get(name) instanceof AnnotationValue.OfArray array
        ? array.values().stream().map(each).toList()
        : List.of();
  }
}
