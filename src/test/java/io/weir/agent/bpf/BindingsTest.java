package io.weir.agent.bpf;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Exactly the libbpf calls used are bound. */
class BindingsTest {
    private static final Path INCLUDES = Path.of("jextract", "libbpf.includes");
    private static final String TESTS_ALONE = "# Called by tests and benchmarks alone";
    private static final String MAIN = sources("main");
    private static final String TEST = sources("test");

    /** @param kind function, struct or constant */
    private record Binding(String kind, String name) {
        static Binding parse(String line) {
            String[] words = line.replace("--include-", "").split(" ", 2);
            return new Binding(words[0], words[1]);
        }

        boolean isUsedIn(String sources) {
            Pattern use =
                    kind.equals("struct")
                            ? Pattern.compile("import [\\w.]*\\.libbpf\\." + name + ";")
                            : Pattern.compile("Libbpf\\s*(\\.|::)\\s*" + name + "\\b");
            return use.matcher(sources).find();
        }
    }

    @Test
    void shouldUseInTheProductWhatIsBoundForIt() throws IOException {
        List<Binding> product = bindings().getFirst();

        assertThat(product).hasSizeGreaterThan(10);
        assertThat(product.stream().filter(binding -> !binding.isUsedIn(MAIN))).isEmpty();
    }

    @Test
    void shouldUseInTestsWhatIsBoundForThemAlone() throws IOException {
        List<Binding> testsAlone = bindings().getLast();

        assertThat(testsAlone).isNotEmpty();
        assertThat(testsAlone.stream().filter(binding -> !binding.isUsedIn(TEST))).isEmpty();
        assertThat(testsAlone.stream().filter(binding -> binding.isUsedIn(MAIN))).isEmpty();
    }

    @Test
    void shouldUseTheHandWrittenCallsThatReturnPointers() {
        List<String> calls =
                Stream.of(LibbpfPointers.class.getDeclaredMethods())
                        .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName)
                        .toList();

        assertThat(calls).isNotEmpty().allMatch(call -> MAIN.contains("LibbpfPointers." + call));
    }

    private static List<List<Binding>> bindings() throws IOException {
        List<String> lines = Files.readAllLines(INCLUDES);
        int border = lines.indexOf(TESTS_ALONE);
        assertThat(border).isPositive();
        return Stream.of(lines.subList(0, border), lines.subList(border, lines.size()))
                .map(part -> part.stream().filter(line -> line.startsWith("--include-")))
                .map(part -> part.map(Binding::parse).toList())
                .toList();
    }

    private static String sources(String root) {
        try (Stream<Path> files = Files.walk(Path.of("src", root))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(BindingsTest::read)
                    .collect(joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
