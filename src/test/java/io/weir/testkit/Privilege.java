package io.weir.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the process running the tests may do. */
public final class Privilege {
    private Privilege() {}

    /** Passes a test over that attaches programs or makes namespaces, unless run by root. */
    public static void assumeRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    }
}
