package io.faultline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.faultline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] PHASES = {
        "io.faultline.collect..",
        "io.faultline.detect..",
        "io.faultline.explain..",
        "io.faultline.respond..",
        "io.faultline.store.."
    };

    @ArchTest
    static final ArchRule phasesNeverImportEachOther = slices().matching("io.faultline.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    DescribedPredicate.alwaysTrue(),
                    resideInAnyPackage("io.faultline.model", "io.faultline.settings", "io.faultline"))
            .ignoreDependency(resideInAPackage("io.faultline.cli.."), DescribedPredicate.alwaysTrue())
            .ignoreDependency(resideInAPackage("io.faultline"), DescribedPredicate.alwaysTrue());

    @ArchTest
    static final ArchRule phasesDoNotKnowTheRoot = noClasses()
            .that()
            .resideInAnyPackage(PHASES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.faultline");

    @ArchTest
    static final ArchRule modelKnowsNobody = noClasses()
            .that()
            .resideInAnyPackage("io.faultline.model", "io.faultline.settings")
            .should()
            .dependOnClassesThat(resideInAPackage("io.faultline..")
                    .and(DescribedPredicate.not(resideInAnyPackage("io.faultline.model", "io.faultline.settings"))));

    @ArchTest
    static final ArchRule flinkAppearsOnlyWhereItsNameSaysSo = classes()
            .that(dependOnFlink())
            .should()
            .haveSimpleNameEndingWith("Function")
            .orShould()
            .haveSimpleNameEndingWith("Aggregator")
            .orShould()
            .haveSimpleNameEndingWith("Source")
            .orShould()
            .haveSimpleNameEndingWith("Sink")
            .orShould()
            .resideInAnyPackage("io.faultline", "io.faultline.model");

    @ArchTest
    static final ArchRule nobodyAsksTheMachineForTheTime = noClasses()
            .that()
            .resideInAnyPackage(PHASES)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.LocalDateTime.class, "now")
            .orShould()
            .callMethod(java.time.Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule packagesHaveNoUtils = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    private static DescribedPredicate<JavaClass> dependOnFlink() {
        return DescribedPredicate.describe(
                "depend on Flink",
                type -> !type.isNestedClass()
                        && type.getDirectDependenciesFromSelf().stream().anyMatch(dependency -> dependency
                                .getTargetClass()
                                .getPackageName()
                                .startsWith("org.apache.flink")));
    }
}
