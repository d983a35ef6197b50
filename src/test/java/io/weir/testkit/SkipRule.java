package io.weir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which kernel tests may be left out on a kernel: those whose reason starts with {@code since
 * <version>} and whose version is newer than the kernel.
 */
record SkipRule(int major, int minor) {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");
    private static final Pattern SINCE =
            Pattern.compile("since (\\d+)\\.(\\d+)\\b.*", Pattern.DOTALL);
    private static final Path OS_RELEASE = Path.of("/proc/sys/kernel/osrelease");

    static SkipRule ofThisKernel() {
        try {
            return of(Files.readString(OS_RELEASE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SkipRule of(String release) {
        Matcher version = VERSION.matcher(release);
        if (!version.lookingAt()) {
            throw new IllegalArgumentException("no kernel release: " + release);
        }
        return new SkipRule(number(version, 1), number(version, 2));
    }

    boolean allows(String reason) {
        Matcher since = SINCE.matcher(strip(reason));
        if (!since.matches()) {
            return false;
        }
        int sinceMajor = number(since, 1);
        return sinceMajor > major || (sinceMajor == major && number(since, 2) > minor);
    }

    /** The reason as the test wrote it, without what JUnit puts before it. */
    static String strip(String reason) {
        return reason.replaceFirst("^Assumption failed: ", "").strip();
    }

    String running() {
        return major + "." + minor;
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
