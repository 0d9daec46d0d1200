// SPDX-License-Identifier: Apache-2.0
package noom.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// The architecture rules that every module obeys, and the stricter ones for sans-IO code.
///
/// A module's `ArchitectureTest` calls the checks that fit it. Size budgets and rules over source
/// text (sleeping, `synchronized` blocks) are in `dev/Gates.java`, because class files do not show
/// them.
public final class HouseRules {
    private HouseRules() {}

    /// Main classes of the module whose tests are running.
    public static JavaClasses mainClasses() {
        return new ClassFileImporter().importPath(Path.of("target", "classes"));
    }

    /// Rules for all production code: no cycles, final or sealed classes, no wide-open fields.
    ///
    /// @param root the module's root package, for example `noom.rtc`
    public static void checkModule(JavaClasses main, String root) {
        slices().matching(root + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .because("a package is read alone (docs/adr/0001-modules.md)")
                .check(main);
        classes()
                .should(beFinalOrSealed())
                .because("nothing is inherited for reuse (docs/adr/0001-modules.md)")
                .check(main);
        fields().that()
                .areStatic()
                .and(notGenerated())
                .should()
                .beFinal()
                .allowEmptyShould(true)
                .because("there is no static mutable state (docs/adr/0003-owners.md)")
                .check(main);
    }

    /// Rules for packages that take time and randomness as arguments and never wait.
    ///
    /// @param packages ArchUnit package patterns, for example `noom.meeting..`
    public static void checkSansIo(JavaClasses main, String... packages) {
        noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, java.time.Clock.class)
                .because("time and randomness are arguments (docs/adr/0002-sans-io.md)")
                .check(main);
        noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.concurrent.locks..",
                        "java.net.http..",
                        "java.nio.channels..",
                        "io.netty..",
                        "io.vertx..")
                .because("the core has no socket and no lock (docs/adr/0002-sans-io.md)")
                .check(main);
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(packages)
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED)
                .because("one owner per mutable object (docs/adr/0003-owners.md)")
                .check(main);
    }

    /// No volatile fields and no concurrent collections: for packages with a single owner.
    ///
    /// @param shared simple names of the classes that ARCHITECTURE.md lists as shared
    public static void checkSingleOwner(JavaClasses main, String packagePattern, String... shared) {
        var listed = java.util.Set.of(shared);
        fields().that()
                .areDeclaredInClassesThat(
                        DescribedPredicate.<JavaClass>describe(
                                "are in " + packagePattern + " and not listed as shared",
                                c ->
                                        JavaClass.Predicates.resideInAPackage(packagePattern)
                                                        .test(c)
                                                && !listed.contains(topLevelName(c))))
                .should()
                .notHaveModifier(JavaModifier.VOLATILE)
                .andShould()
                .notHaveRawType(
                        JavaClass.Predicates.resideInAnyPackage(
                                "java.util.concurrent", "java.util.concurrent.atomic"))
                .because("one owner per mutable object (docs/adr/0003-owners.md)")
                .check(main);
    }

    private static String topLevelName(JavaClass c) {
        var name = c.getName().substring(c.getPackageName().length() + 1);
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaField> notGenerated() {
        return DescribedPredicate.describe("not generated", f -> !f.getName().startsWith("$"));
    }

    private static ArchCondition<JavaClass> beFinalOrSealed() {
        return new ArchCondition<>("be final, sealed, a record, an enum or an interface") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean closed =
                        item.isInterface()
                                || item.isAnonymousClass()
                                || item.isEnum()
                                || item.getModifiers().contains(JavaModifier.FINAL)
                                || item.reflect().isSealed()
                                || item.getSimpleName().equals("package-info")
                                || item.getSimpleName().equals("module-info")
                                || item.getSuperclass()
                                        .map(s -> s.toErasure().isEnum())
                                        .orElse(false);
                if (!closed) {
                    events.add(SimpleConditionEvent.violated(item, item.getName() + " is open"));
                }
            }
        };
    }
}
