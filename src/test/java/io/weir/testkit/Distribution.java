package io.weir.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    static Path testProgram(String name) {
        return built(Path.of("target/test-native", name));
    }

    /**
     * With {@code WEIR_HOME} set everything has to be there; a plain {@code mvn package}, which tests
     * before it has packed anything, passes the test over.
     */
    private static Path built(Path program) {
        Path path = program.toAbsolutePath();
        if (HOME == null) {
            assumeTrue(Files.isExecutable(path), "not built yet (make build): " + path);
        }
        if (!Files.isExecutable(path)) {
            throw new AssertionError("not built: " + path);
        }
        return path;
    }
}
