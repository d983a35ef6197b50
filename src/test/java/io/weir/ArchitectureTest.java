package io.weir;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.ANONYMOUS_CLASSES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Executes the table of rooms ({@link Rooms}) and the rules of style a machine can check. */
final class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final JavaClasses WEIR =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.weir");

    /** Written by jextract and protoc: judged by their generators, not by our style. */
    private static final DescribedPredicate<JavaClass> GENERATED =
            resideInAnyPackage(
                    "io.weir.agent.event.abi..",
                    "io.weir.agent.bpf.libbpf..",
                    "io.weir.record.proto..",
                    "io.weir.flow..");

    private static final String[] NATIVE = {
        "io.weir.agent.sys..",
        "io.weir.agent.bpf..",
        "io.weir.agent.netlink..",
        "io.weir.agent.conntrack.."
    };

    @Test
    void everyRoomTouchesOnlyWhatItsArrowSays() {
        check(classes().should(Rooms.touchOnlyWhatTheirRoomMay()));
    }

    @Test
    void everyRoomOfTheTableExistsUnlessItComesLater() {
        Set<String> inhabited = WEIR.stream().map(Rooms::of).collect(Collectors.toSet());

        assertThat(inhabited).isEqualTo(Rooms.builtSoFar());
    }

    @Test
    void roomsDoNotDependOnEachOtherInCircles() {
        check(slices().matching("io.weir.(**)").should().beFreeOfCycles());
    }

    @Test
    void onlyThePipelineKnowsTheDisruptor() {
        check(
                noClasses()
                        .that(not(insideOf("io.weir.agent.Pipeline")))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.lmax.."));
    }

    @Test
    void eachLibraryStaysInItsRoom() {
        check(only("picocli", "picocli..", "io.weir.cli.."));
        check(only("jackson", "com.fasterxml..", "io.weir.record..", "io.weir.cli.."));
        check(only("protobuf", "com.google.protobuf..", "io.weir.record..", "io.weir.flow.."));
    }

    @Test
    void onlyTheNativeRoomsLinkReinterpretOrMapMemory() {
        check(
                noClasses()
                        .that(not(GENERATED))
                        .and()
                        .resideOutsideOfPackages(NATIVE)
                        .should()
                        .dependOnClassesThat(type(Linker.class).or(type(SymbolLookup.class)))
                        .orShould()
                        .callMethodWhere(targetNamed("reinterpret"))
                        .orShould()
                        .callMethodWhere(targetNamed("map").and(targetOwner(FileChannel.class))));
    }

    @Test
    void nothingStaticChanges() {
        check(
                fields().that()
                        .areStatic()
                        .and()
                        .areDeclaredInClassesThat(not(GENERATED))
                        .should()
                        .beFinal()
                        .andShould(never(have(changingType()))));
    }

    @Test
    void classesAreFinalOrMadeToBeExtended() {
        check(
                classes()
                        .that(not(GENERATED).and(not(ANONYMOUS_CLASSES)))
                        .should(
                                be(
                                        describe(
                                                "final, or made to be extended",
                                                ArchitectureTest::isClosed))));
    }

    @Test
    void nobodyPrintsButTheSinksAndTheCommandLine() {
        check(
                noClasses()
                        .that(not(GENERATED))
                        .and()
                        .resideOutsideOfPackages(
                                "io.weir.agent.sink.stdout..", "io.weir.cli..", "io.weir.log..")
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err")
                        .orShould()
                        .callMethod(Throwable.class, "printStackTrace"));
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.util.logging..", "org.slf4j.."));
    }

    @Test
    void onlyMainEndsTheProcess() {
        check(
                noClasses()
                        .that(not(insideOf("io.weir.Weir")))
                        .should()
                        .callMethod(System.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "halt", int.class));
    }

    @Test
    void everyPackageSaysItsPurposeThreadAndWhatItMayTouch() throws IOException {
        List<Path> packages = packagesOf(SOURCES);

        assertThat(packages).isNotEmpty();
        assertThat(packages)
                .allSatisfy(directory ->
                        assertThat(directory.resolve("package-info.java"))
                                .content()
                                .containsIgnoringCase("thread")
                                .containsIgnoringCase("touch"));
    }

    private static List<Path> packagesOf(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
        }
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(WEIR);
    }

    private static ArchRule only(String library, String packages, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packages)
                .as(library + " should be used only in " + String.join(", ", rooms));
    }

    private static DescribedPredicate<JavaClass> insideOf(String className) {
        return describe(
                "inside of " + className,
                inner ->
                        inner.getName().equals(className)
                                || inner.getName().startsWith(className + "$"));
    }

    private static DescribedPredicate<JavaMethodCall> targetNamed(String method) {
        return describe("to " + method, call -> call.getTarget().getName().equals(method));
    }

    private static DescribedPredicate<JavaMethodCall> targetOwner(Class<?> owner) {
        return describe("of " + owner, call -> call.getTargetOwner().isAssignableTo(owner));
    }

    private static DescribedPredicate<JavaField> changingType() {
        return describe(
                "a type made to change",
                field ->
                        field.getRawType()
                                .getPackageName()
                                .startsWith("java.util.concurrent.atomic"));
    }

    private static boolean isClosed(JavaClass javaClass) {
        Set<JavaModifier> modifiers = javaClass.getModifiers();
        return javaClass.isInterface()
                || javaClass.isEnum()
                || modifiers.contains(JavaModifier.FINAL)
                || modifiers.contains(JavaModifier.ABSTRACT)
                || javaClass.reflect().isSealed();
    }
}
