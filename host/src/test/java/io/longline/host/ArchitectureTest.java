package io.longline.host;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import org.junit.jupiter.api.Test;
import org.pf4j.Extension;
import org.pf4j.ExtensionPoint;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.longline");

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.longline.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /**
   * Nested classes count as their outermost class. A sealed type and its permitted subtypes know
   * each other by their nature.
   */
  @Test
  void classesOfAPackageAreFreeOfCyclesButForSealedFamilies() {
    var classes = new ClassGraph(CLASSES);
    assertThat(classes.cycles()).isEmpty();
  }

  @Test
  void theWireOfIsolatedPluginsIsKnownToItsRoomsAlone() {
    noClasses()
        .that(resideOutsideOfPackages("io.longline.host.isolation.."))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.longline.host.isolation.wire")
        .check(CLASSES);
  }

  /** The command line listens to a host as any program does that embeds one. */
  @Test
  void onlyEventAppAndTheCommandLineConsumeEvents() {
    classes()
        .that()
        .implement(EventSink.class)
        .should()
        .resideInAnyPackage(
            "io.longline.host.event", "io.longline.host.app", "io.longline.host.cli")
        .check(CLASSES);
  }

  /** Whoever only passes an event on constructs it; asking which event it is means consuming it. */
  @Test
  void nobodyElseAsksWhichEventItIs() {
    noClasses()
        .that(
            resideOutsideOfPackages(
                "io.longline.host.event", "io.longline.host.app", "io.longline.host.cli"))
        .should(
            new ArchCondition<>("check an event for its type") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getInstanceofChecks().stream()
                    .filter(check -> check.getRawType().isAssignableTo(HostEvent.class))
                    .forEach(
                        check ->
                            events.add(
                                SimpleConditionEvent.satisfied(
                                    type,
                                    type.getName() + " asks for " + check.getRawType().getName())));
              }
            })
        .check(CLASSES);
  }

  @Test
  void onlyPluginsUsesPf4jAndTheApiOnlyItsExtensionPoint() {
    noClasses()
        .that(resideOutsideOfPackages("io.longline.host.plugins"))
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.pf4j..")
                .and(
                    DescribedPredicate.not(
                        DescribedPredicate.<JavaClass>describe(
                            "ExtensionPoint or Extension",
                            type ->
                                type.isEquivalentTo(ExtensionPoint.class)
                                    || type.isEquivalentTo(Extension.class)))))
        .check(CLASSES);
  }

  /** JdbcDrivers is code for the loaders of plugins, which registers the drivers that they have. */
  @Test
  void onlyOnePackageUsesSql() {
    noClasses()
        .that(resideOutsideOfPackages("io.longline.host.ledger.sql"))
        .and()
        .doNotHaveFullyQualifiedName("io.longline.host.plugins.JdbcDrivers")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql..")
        .check(CLASSES);
  }

  /** They are optional: a program that embeds the host is without them. */
  @Test
  void onlyTheCliUsesTheLibrariesOfTheCommandLineAndOnlySettingsThatForToml() {
    noClasses()
        .that(resideOutsideOfPackages("io.longline.host.cli.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "me.tongfei..", "org.slf4j.simple..")
        .check(CLASSES);
    noClasses()
        .that(resideOutsideOfPackages("io.longline.host.settings"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.tomlj..")
        .check(CLASSES);
  }

  @Test
  void theZeekPackageNeedsOnlyTheJdkAndAnOptionalZstdLibrary() {
    noClasses()
        .that()
        .resideInAPackage("io.longline.zeek")
        .and()
        .haveNameNotMatching(".*\\.ZstdInflation(\\$.*)?")
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages("io.longline.zeek", "java..", "org.jspecify.."))
        .check(CLASSES);
  }

  @Test
  void theApiDoesNotKnowTheHost() {
    noClasses()
        .that()
        .resideInAnyPackage("io.longline.api..", "io.longline.zeek")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.longline.host..")
        .check(CLASSES);
  }

  @Test
  void theCutCommandDoesNotDependOnTheHost() {
    noClasses()
        .that()
        .resideInAPackage("io.longline.host.cli.cut")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.longline.host..")
                .and(resideOutsideOfPackages("io.longline.host.cli.cut")))
        .check(CLASSES);
  }

  @Test
  void onlyTheCliUsesTheStandardStreams() {
    noClasses()
        .that(resideOutsideOfPackages("io.longline.host.cli"))
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  @Test
  void onlyMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.longline.host.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void noClassUsesJavaUtilLogging() {
    GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
  }
}
