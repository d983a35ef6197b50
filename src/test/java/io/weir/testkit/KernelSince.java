package io.weir.testkit;

import org.junit.jupiter.api.Assumptions;

/** Passes a test over on a kernel too old for what it tests, in words that {@link SkipRule} checks. */
public final class KernelSince {
    private KernelSince() {}

    /** Goes on only where the running kernel is at least {@code major.minor}. */
    public static void assume(int major, int minor, String why) {
        SkipRule running = SkipRule.ofThisKernel();
        boolean newEnough =
                running.major() > major || (running.major() == major && running.minor() >= minor);
        Assumptions.assumeTrue(newEnough, "since " + major + "." + minor + ": " + why);
    }
}
