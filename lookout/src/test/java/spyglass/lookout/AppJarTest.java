package spyglass.lookout;

import static java.lang.classfile.ClassFile.ACC_ABSTRACT;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.config.Misuse;

/** Against jars made on the spot. None of the classes in them is ever loaded. */
class AppJarTest {

  private static final String SERVICE = "META-INF/services/spyglass.http.App";
  private static final MethodTypeDesc NOTHING = ConstantDescs.MTD_void;
  private static final MethodTypeDesc AN_INT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("app.jar");
  }

  private void jar(Object... namesAndContents) throws IOException {
    try (OutputStream file = Files.newOutputStream(path);
        JarOutputStream jar = new JarOutputStream(file)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        jar.putNextEntry(new ZipEntry((String) namesAndContents[i]));
        Object content = namesAndContents[i + 1];
        jar.write(
            content instanceof byte[] bytes
                ? bytes
                : content.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static byte[] app() {
    return type(ACC_PUBLIC, ACC_PUBLIC, NOTHING, "spyglass.http.App");
  }

  private static byte[] type(int flags, int constructor, MethodTypeDesc takes, String... offers) {
    return ClassFile.of()
        .build(
            ClassDesc.of("my.App"),
            type -> {
              type.withFlags(flags);
              type.withInterfaceSymbols(Arrays.stream(offers).map(ClassDesc::of).toList());
              type.withMethodBody("<init>", takes, constructor, code -> code.return_());
            });
  }

  private String find(@Nullable String wanted) throws Misuse {
    return new AppJar(path).app(wanted).name();
  }

  private String misuse(@Nullable String wanted) {
    String message = String.valueOf(assertThrows(Misuse.class, () -> find(wanted)).getMessage());
    assertEquals(1, message.lines().count(), message);
    return message.replace(path.toString(), "JAR");
  }

  @Test
  void whatUnpacksToGigabytesIsNotRead() throws Exception {
    byte[] zeros = new byte[1 << 20];
    Path bomb = folder.resolve("bomb.jar");
    for (String name : List.of(SERVICE, "Big.class")) {
      try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(bomb))) {
        jar.putNextEntry(new ZipEntry(name));
        for (int i = 0; i < 40; i++) {
          jar.write(zeros);
        }
      }
      Misuse e = assertThrows(Misuse.class, () -> new AppJar(bomb).app(appOf(name)));
      assertTrue(
          String.valueOf(e.getMessage()).contains(name + " that is larger than"), e::toString);
    }
  }

  private static @Nullable String appOf(String name) {
    return name.equals("Big.class") ? "Big" : null;
  }

  @Test
  void aComplaintIsOneLineOf300CharactersAtMostWithItsRemedy() {
    String line = Complaint.line("a\nb" + "x".repeat(50_000_000) + ": remove it");
    assertEquals(300, ("spyglass: " + line).length());
    assertTrue(line.startsWith("a\\nbxx") && line.endsWith("xx: remove it"), line);
    assertTrue(Complaint.words(new OutOfMemoryError("heap")).startsWith("OutOfMemoryError: heap"));
    assertTrue(
        Complaint.words(new ExceptionInInitializerError(new IOException("why"))).contains("why"));
    assertEquals("NoSuchFileException: /x", Complaint.words(new NoSuchFileException("/x")));
    assertEquals("said", Complaint.words(new UncheckedIOException("said", new IOException("y"))));
  }

  @Test
  void theServiceFileNamesTheAppAmongCommentsAndBlanks() throws Exception {
    jar(SERVICE, "# ours:\n\n  my.App # the only one\r\nmy.App\n", "my/App.class", app());
    assertEquals("my.App", find(null));
  }

  @Test
  void theUsersChoiceComesFirst() throws Exception {
    jar(SERVICE, "my.Other\n", "my/App.class", app());
    assertEquals("my.App", find("my.App"));
    assertEquals(
        "JAR holds no class my.Other: check the spelling, or build it again", misuse(null));
  }

  @Test
  void severalAppsAreForTheUserToChooseFrom() throws Exception {
    jar(SERVICE, "my.App\nmy.Other\n", "my/App.class", app());
    assertEquals("JAR offers 2 apps: choose one with --app: my.App, my.Other", misuse(null));
    assertEquals("my.App", find("my.App"));
  }

  @Test
  void aJarWithoutAnAppIsToldHowToOfferOne() throws Exception {
    String hint =
        "JAR offers no app: name its class in META-INF/services/spyglass.http.App, or with"
            + " --app CLASS";
    jar("my/App.class", app());
    assertEquals(hint, misuse(null));
    jar(SERVICE, "# nothing\n", "my/App.class", app());
    assertEquals(hint, misuse(null));
  }

  @Test
  void whatIsNoJarIsCalledByItsName() throws Exception {
    assertEquals("JAR: no such file: give the path of the app's jar", misuse(null));
    Files.writeString(path, "no jar");
    assertEquals("JAR is not a jar: give one that mvn package has made", misuse(null));
    Files.writeString(path, "");
    assertEquals("JAR is not a jar: give one that mvn package has made", misuse(null));
    path = folder;
    assertTrue(misuse(null).startsWith("JAR is a folder: give a jar"));
  }

  @Test
  void aNameThatAClassPathWouldTakeForTwoIsRefused() throws Exception {
    path = folder.resolve("my:app.jar");
    jar(SERVICE, "my.App", "my/App.class", app());
    assertTrue(misuse(null).contains("a colon"));
  }

  @Test
  void anAppForANewerJavaSaysWhichAndWhichThisIs() throws Exception {
    byte[] newer = app();
    newer[7] = (byte) (44 + Runtime.version().feature() + 2);
    jar(SERVICE, "my.App", "my/App.class", newer);
    int ours = Runtime.version().feature();
    assertTrue(misuse(null).startsWith("JAR needs Java " + (ours + 2) + " and this is " + ours));
  }

  @Test
  void anAppForAnOlderJavaIsFine() throws Exception {
    byte[] older = app();
    older[7] = 44 + 8;
    jar(SERVICE, "my.App", "my/App.class", older);
    assertEquals("my.App", find(null));
  }

  @Test
  void aClassThatCannotBeMadeWithoutArgumentsFromOutsideIsNoUse() throws Exception {
    byte[][] unusable = {
      type(0, ACC_PUBLIC, NOTHING, "spyglass.http.App"),
      type(ACC_PUBLIC | ACC_ABSTRACT, ACC_PUBLIC, NOTHING, "spyglass.http.App"),
      type(ACC_PUBLIC, ACC_PRIVATE, NOTHING, "spyglass.http.App"),
      type(ACC_PUBLIC, ACC_PUBLIC, AN_INT, "spyglass.http.App"),
    };
    for (byte[] bytes : unusable) {
      jar("my/App.class", bytes);
      assertTrue(misuse("my.App").startsWith("my.App cannot be made: it must be a public class"));
    }
  }

  @Test
  void aClassThatIsNothingAtAllIsNoApp() throws Exception {
    jar("my/App.class", type(ACC_PUBLIC, ACC_PUBLIC, NOTHING));
    assertEquals("my.App is no app: it must implement spyglass.http.App", misuse("my.App"));
  }

  /** What it does not look at it need not notice; but a crash would be the user's riddle. */
  @Test
  void aClassFileThatIsCutOffOrDamagedAnywhereIsAMisuseOrNotNoticedAndNeverACrash()
      throws Exception {
    byte[] whole = app();
    Random random = new Random(1);
    for (int i = 0; i < whole.length; i++) {
      check(Arrays.copyOf(whole, i));
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) (1 + random.nextInt(255));
      check(damaged);
    }
    jar("my/App.class", Arrays.copyOf(whole, 60));
    assertEquals("JAR holds a damaged class my.App: build it again", misuse("my.App"));
  }

  private void check(byte[] bytes) throws IOException {
    jar("my/App.class", bytes);
    try {
      assertEquals("my.App", find("my.App"));
    } catch (Misuse e) {
      assertTrue(String.valueOf(e.getMessage()).contains(": "));
    }
  }
}
