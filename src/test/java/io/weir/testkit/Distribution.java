package io.weir.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** What make leaves: the program as users get it, and the programs tests run. */
public final class Distribution {
    private Distribution() {}

    private static final String HOME = System.getenv("WEIR_HOME");

    /** The launcher. */
    public static Path weir() {
        return built(Path.of(HOME == null ? "target/weir" : HOME, "bin", "weir"));
    }

    /** A program of {@code src/test/c}. */
    public static Path testProgram(String name) {
        return built(Path.of("target/test-native", name));
    }

    /** Fails, and does not skip: make test builds all of it first. */
    private static Path built(Path program) {
        Path path = program.toAbsolutePath();
        if (!Files.isExecutable(path)) {
            throw new AssertionError("not built yet (make build test-native): " + path);
        }
        return path;
    }
}
