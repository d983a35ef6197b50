package io.weir.bench;

import static io.weir.bench.Report.figure;

import java.util.Collection;
import java.util.Comparator;
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

/** The JMH benchmarks of this package, as a table. */
final class JmhTable {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final boolean quick;

    JmhTable(boolean quick) {
        this.quick = quick;
    }

    void run(Report report, String pattern) throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("io\\.weir\\.bench\\." + pattern)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .timeUnit(TimeUnit.NANOSECONDS);
        Collection<RunResult> results =
                new Runner((quick ? once(options) : measured(options)).build()).run();
        if (results.isEmpty()) {
            throw new IllegalArgumentException("no benchmark is called " + pattern);
        }
        Report.Table table = report.table("JMH", "benchmark", "ns/op", "±", "B/op");
        results.stream()
                .sorted(Comparator.comparing(JmhTable::name))
                .forEach(result -> print(table, result));
        table.print();
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

    private void print(Report.Table table, RunResult result) {
        double allocated =
                quick ? Double.NaN : result.getSecondaryResults().get(ALLOCATED).getScore();
        table.row(
                name(result),
                figure(result.getPrimaryResult().getScore()),
                figure(result.getPrimaryResult().getScoreError()),
                figure(allocated));
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
