package io.weir.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says how each kernel test ended the moment it did, and leaves the counts in the file {@code
 * counts} of the shared directory for {@code tools/lab/kernel-tests}.
 *
 * <p>A skipped test is a failure unless its reason names a kernel newer than this one ({@link
 * SkipRule}): a test that quietly stops running proves nothing.
 *
 * <p>Called by one thread.
 */
final class GuestProgress implements TestExecutionListener {
    private static final int STACK_LINES = 25;

    private final Path share;
    private final SkipRule skipRule;
    private final String label = System.getenv().getOrDefault("WEIR_LABEL", "native");
    private final PrintStream out = System.out;
    private final Map<UniqueId, Long> startedNs = new HashMap<>();
    private int passed;
    private int failed;
    private int skipped;

    GuestProgress(Path share, SkipRule skipRule) {
        this.share = share;
        this.skipRule = skipRule;
    }

    boolean allPassed() {
        return failed == 0 && passed > 0;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        startedNs.put(test.getUniqueIdObject(), System.nanoTime());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isContainer() && result.getStatus() == Status.SUCCESSFUL) {
            return;
        }
        Throwable cause = result.getThrowable().orElse(null);
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                passed++;
                line("ok", test, "");
            }
            case ABORTED -> skipped(test, cause == null ? "" : String.valueOf(cause.getMessage()));
            case FAILED -> {
                failed++;
                line("FAILED", test, "");
                printStack(cause);
            }
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        try {
            String counts = "%d %d %d%n".formatted(passed, failed, skipped);
            Files.writeString(share.resolve("counts"), counts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void skipped(TestIdentifier test, String reason) {
        if (skipRule.allows(reason)) {
            skipped++;
            line("skipped", test, ": " + SkipRule.strip(reason));
        } else {
            failed++;
            line(
                    "FAILED",
                    test,
                    ": skipped, and its reason names no kernel newer than this one ("
                            + skipRule.running()
                            + "): "
                            + SkipRule.strip(reason));
        }
    }

    private void line(String verdict, TestIdentifier test, String more) {
        Long started = startedNs.remove(test.getUniqueIdObject());
        double seconds = started == null ? 0 : (System.nanoTime() - started) / 1e9;
        out.printf("%-14s %-7s %6.2f s  %s%s%n", label, verdict, seconds, nameOf(test), more);
        out.flush();
    }

    private static String nameOf(TestIdentifier test) {
        return test.getSource()
                .map(source ->
                        switch (source) {
                            case MethodSource method -> nameOf(test, method);
                            case ClassSource type -> type.getJavaClass().getSimpleName();
                            default -> test.getDisplayName();
                        })
                .orElse(test.getDisplayName());
    }

    private static String nameOf(TestIdentifier test, MethodSource method) {
        String type = method.getClassName().substring(method.getClassName().lastIndexOf('.') + 1);
        String name = type + "." + method.getMethodName();
        return test.getDisplayName().startsWith(method.getMethodName())
                ? name
                : name + " " + test.getDisplayName();
    }

    private void printStack(Throwable cause) {
        if (cause == null) {
            return;
        }
        var text = new java.io.ByteArrayOutputStream();
        cause.printStackTrace(new PrintStream(text, true, UTF_8));
        text.toString(UTF_8)
                .lines()
                .filter(l -> !l.contains("at org.junit.") && !l.contains("at java.base/"))
                .limit(STACK_LINES)
                .forEach(l -> out.println("    " + l));
        out.flush();
    }
}
