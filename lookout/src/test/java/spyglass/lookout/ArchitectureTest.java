package spyglass.lookout;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The staircase as rules. They look at what was compiled for production in each module and at nothing
 * else: tests may reach wherever they like, and the examples are not ours.
 */
class ArchitectureTest {

  private static final String DOOR =
      "io\\.undertow\\.server\\.protocol\\.http\\.UndertowDoor(\\$.*)?";
  private static final String KERNEL = "spyglass\\.unix\\.Kernel(Files|Sockets|Users|)(\\$.*)?";

  /** From the foot of the staircase to its top; a package may use those of its own stair and below. */
  private static final List<Set<String>> STAIRS =
      List.of(
          Set.of(
              "spyglass.http",
              "spyglass.http.files",
              "spyglass.http.middleware",
              "spyglass.http.proxy",
              "spyglass.life",
              "spyglass.protocol",
              "io.undertow.server.protocol.http"),
          Set.of("spyglass.log", "spyglass.process", "spyglass.training", "spyglass.worker"),
          Set.of("spyglass.handover", "spyglass.master", "spyglass.unix"),
          Set.of(
              "spyglass.config",
              "spyglass.control",
              "spyglass.embed",
              "spyglass.lookout",
              "spyglass.status"));

  private static final JavaClasses OURS = importOurs();

  private static JavaClasses importOurs() {
    Path root = Path.of(System.getProperty("spyglass.root"));
    return new ClassFileImporter()
        .importPaths(
            Stream.of("httpparser", "worker", "master", "lookout")
                .map(module -> root.resolve(module).resolve("target/classes"))
                .toList());
  }

  private static void check(ArchRule rule) {
    rule.check(OURS);
  }

  @Test
  void everyPackageHasItsPlaceOnTheStaircaseAndNoOtherIsLookedAt() {
    Set<String> placed = new TreeSet<>();
    STAIRS.forEach(placed::addAll);
    Set<String> found = new TreeSet<>();
    for (JavaClass one : OURS) {
      found.add(one.getPackageName());
      assertTrue(!one.getName().endsWith("Test"), one::getName);
    }
    assertEquals(placed, found);
  }

  @Test
  void dependenciesGoDownTheStaircaseOnly() {
    for (int stair = 0; stair < STAIRS.size() - 1; stair++) {
      String[] above =
          STAIRS.subList(stair + 1, STAIRS.size()).stream()
              .flatMap(Set::stream)
              .toArray(String[]::new);
      for (String here : STAIRS.get(stair)) {
        check(
            noClasses()
                .that()
                .resideInAPackage(here)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above));
      }
    }
  }

  @Test
  void whatEveryProcessSharesKnowsNothingOfAnyProcess() {
    String[] processes = {"spyglass.worker", "spyglass.http.."};
    for (String shared : List.of("spyglass.log", "spyglass.process", "spyglass.training")) {
      check(
          noClasses()
              .that()
              .resideInAPackage(shared)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(processes));
    }
  }

  @Test
  void theMasterKnowsNoHttp() {
    check(
        noClasses()
            .that()
            .resideInAPackage("spyglass.master")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("spyglass.http.."));
  }

  @Test
  void theTwoContractsDoNotKnowEachOther() {
    check(
        noClasses()
            .that()
            .resideInAPackage("spyglass.protocol")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("spyglass.http.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("spyglass.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("spyglass.protocol"));
  }

  @Test
  void onlyTheKernelUsesNativeCode() {
    check(
        classes()
            .that()
            .haveNameMatching(KERNEL.replace("(\\$.*)?", ""))
            .should()
            .dependOnClassesThat(isNative()));
    check(noClasses().that().haveNameNotMatching(KERNEL).should().dependOnClassesThat(isNative()));
  }

  private static DescribedPredicate<JavaClass> isNative() {
    return resideInAnyPackage("jnr..", "com.kenai..", "java.lang.foreign..");
  }

  @Test
  void onlyTheCommandAndTheHandoverTalkToTheKernelDirectly() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("spyglass.worker", "spyglass.process", "spyglass.master")
            .or()
            .haveFullyQualifiedName(Lookout.class.getName())
            .should()
            .dependOnClassesThat()
            .resideInAPackage("spyglass.unix"));
  }

  /** Loading it takes longer than all the rest of a wake; sleeping with it costs fifty megabytes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "spyglass.lookout.LookoutMain",
        "spyglass.master.MasterMain",
        "spyglass.worker.WorkerMain"
      })
  void noneOfTheThreeProcessesReachesNativeCodeOrTheCommandLineByAnyWay(String main) {
    check(
        noClasses()
            .that()
            .haveFullyQualifiedName(main)
            .should()
            .transitivelyDependOnClassesThat()
            .resideInAnyPackage(
                "jnr..", "com.kenai..", "spyglass.unix", "spyglass.handover", "picocli.."));
  }

  @Test
  void onlyTheDoorUsesUndertow() {
    var undertow = resideInAnyPackage("io.undertow..", "org.xnio..").and(not(nameMatching(DOOR)));
    check(
        classes()
            .that()
            .haveNameMatching(DOOR.replace("(\\$.*)?", ""))
            .should()
            .dependOnClassesThat(undertow));
    check(noClasses().that().haveNameNotMatching(DOOR).should().dependOnClassesThat(undertow));
  }

  @Test
  void onlyProgramsEndTheirProcess() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching(".*Main(\\$.*)?")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class));
  }

  @Test
  void nothingStaticEverChanges() {
    check(fields().that().areStatic().should().beFinal());
  }

  @Test
  void nothingOfOursNeedsAnExample() {
    check(noClasses().should().dependOnClassesThat().resideInAPackage("examples.."));
  }

  /** A package that was renamed must not take its rule with it into silence. */
  @Test
  void aRuleThatMatchesNothingFails() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("spyglass.nowhere")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java..");
    assertThrows(AssertionError.class, () -> check(rule));
  }
}
