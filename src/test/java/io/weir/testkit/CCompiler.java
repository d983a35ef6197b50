package io.weir.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Builds and runs C at test time; fails, and does not skip, where no compiler is installed. */
public final class CCompiler {
    private static final Path OUTPUT = Path.of("target", "test-native");

    private CCompiler() {}

    /** The machine's C compiler: {@code CC}, gcc, cc or clang. */
    public static String host() {
        String chosen = System.getenv("CC");
        return chosen != null ? chosen : first("a C compiler", "gcc", "cc", "clang");
    }

    /** The object of a BPF source, compiled as {@code make} does unless it already has. */
    public static Path bpf(Path source) {
        Path object =
                Path.of("target", "test-bpf")
                        .resolve(source.getFileName().toString().replace(".bpf.c", ".bpf.o"));
        if (!isNewer(object, source)) {
            run("tools/bpf-compile", source.toString(), object.toString());
        }
        return object;
    }

    /** Compiles and runs a program, and returns the lines it prints. */
    public static List<String> outputOf(String name, String program, String... options) {
        Path source = OUTPUT.resolve(name + ".c");
        Path binary = OUTPUT.resolve(name);
        try {
            Files.createDirectories(OUTPUT);
            Files.writeString(source, program);
        } catch (IOException failed) {
            throw new AssertionError("cannot write " + source, failed);
        }
        List<String> command = new ArrayList<>(List.of(host(), "-o", binary.toString()));
        command.addAll(List.of(options));
        command.add(source.toString());
        run(command.toArray(String[]::new));
        return run(binary.toAbsolutePath().toString()).lines().toList();
    }

    private static boolean isNewer(Path object, Path source) {
        try {
            return Files.exists(object)
                    && Files.getLastModifiedTime(object)
                                    .compareTo(Files.getLastModifiedTime(source))
                            > 0;
        } catch (IOException failed) {
            throw new AssertionError("cannot read " + source, failed);
        }
    }

    private static String first(String what, String... names) {
        List<Path> path = Stream.of(System.getenv("PATH").split(":")).map(Path::of).toList();
        return Stream.of(names)
                .filter(name -> path.stream().anyMatch(d -> Files.isExecutable(d.resolve(name))))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(
                                "this test needs %s: install one of %s"
                                        .formatted(what, String.join(", ", names))));
    }

    private static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed:\n" + output);
            }
            return output;
        } catch (IOException failed) {
            throw new AssertionError(String.join(" ", command) + " failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
