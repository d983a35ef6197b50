package io.weir.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code make build} leaves: the program as users get it. */
public final class Distribution {
    private Distribution() {}

    /**
     * The launcher. With {@code WEIR_HOME} set it has to be there; a plain {@code mvn package}, which
     * tests before it has packed anything, passes the test over.
     */
    public static Path weir() {
        String home = System.getenv("WEIR_HOME");
        Path weir = Path.of(home == null ? "target/weir" : home, "bin", "weir").toAbsolutePath();
        if (home == null) {
            assumeTrue(Files.isExecutable(weir), "nothing built yet: make build");
        }
        if (!Files.isExecutable(weir)) {
            throw new AssertionError("no launcher: " + weir);
        }
        return weir;
    }
}
