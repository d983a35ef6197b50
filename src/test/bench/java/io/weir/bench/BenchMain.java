package io.weir.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every benchmark of this package and prints one table: {@code tools/bench/run}. With
 * {@code --quick} each runs once, which shows that it still works and measures nothing; a further
 * argument is a pattern of JMH names and leaves the comparisons out.
 */
public final class BenchMain {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final boolean quick;

    private BenchMain(boolean quick) {
        this.quick = quick;
    }

    public static void main(String[] arguments) throws RunnerException, IOException {
        List<String> patterns =
                Arrays.stream(arguments).filter(argument -> !argument.startsWith("--")).toList();
        BenchMain bench = new BenchMain(Arrays.asList(arguments).contains("--quick"));

        System.out.println(Setting.describe());
        if (patterns.isEmpty()) {
            bench.compare();
        }
        bench.runJmh(patterns.isEmpty() ? "io.weir.bench.*" : patterns.getFirst());
    }

    /** Ratios measured side by side in this process. */
    private void compare() {
        for (int length : new int[] {64, 248}) {
            RingDrain.Result result = RingDrain.measure(length, quick);
            System.out.println(quick ? "ring drain, " + length + "-byte records: works" : result);
        }
        RingToTable.Result way = RingToTable.measure(quick);
        System.out.println(quick ? "ring to flow table: works" : way);
    }

    private void runJmh(String pattern) throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(pattern)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .timeUnit(TimeUnit.NANOSECONDS);
        Collection<RunResult> results =
                new Runner((quick ? once(options) : measured(options)).build()).run();
        if (results.isEmpty()) {
            throw new IllegalArgumentException("no benchmark is called " + pattern);
        }
        System.out.printf(Locale.ROOT, "%-52s %10s %8s %8s%n", "jmh", "ns/op", "±", "B/op");
        results.forEach(this::print);
    }

    private static ChainedOptionsBuilder once(ChainedOptionsBuilder options) {
        return options.mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1);
    }

    private static ChainedOptionsBuilder measured(ChainedOptionsBuilder options) {
        return options.mode(Mode.AverageTime)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class);
    }

    private void print(RunResult result) {
        if (quick) {
            System.out.printf("%-52s %10s%n", name(result), "works");
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "%-52s %10.2f %8.2f %8.2f%n",
                name(result),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError(),
                result.getSecondaryResults().get(ALLOCATED).getScore());
    }

    /** Class, method and parameters: {@code RingDrainBenchmark.drain length=64}. */
    private static String name(RunResult result) {
        String method = result.getParams().getBenchmark().replace("io.weir.bench.", "");
        String parameters =
                result.getParams().getParamsKeys().stream()
                        .map(key -> " " + key + "=" + result.getParams().getParam(key))
                        .collect(Collectors.joining());
        return method + parameters;
    }
}
