package io.weir.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures and prints tables: {@code tools/bench/run}, which says what the parts are. With {@code
 * --quick} everything runs once, which shows that it still works and measures nothing.
 */
public final class BenchMain {
    private static final String MARKDOWN = "--markdown=";
    private static final int NATIVE_SCALE = 20;
    private static final int LAB_SCALE = 2;

    private final boolean quick;
    private final Report report;

    private BenchMain(List<String> arguments) {
        quick = arguments.contains("--quick");
        report =
                new Report(
                        arguments.stream()
                                .filter(argument -> argument.startsWith(MARKDOWN))
                                .map(argument -> Path.of(argument.substring(MARKDOWN.length())))
                                .findFirst()
                                .orElse(null));
    }

    /**
     * Runs the parts in the order given.
     *
     * @param arguments parts, such as {@code ring} or {@code jmh=RingDrain}, and the options
     *     {@code --quick} and {@code --markdown=FILE}
     */
    public static void main(String[] arguments)
            throws RunnerException, IOException, InterruptedException {
        List<String> all = Arrays.asList(arguments);
        BenchMain bench = new BenchMain(all);
        if (bench.quick) {
            bench.report.note("Each benchmark runs once, cold: what follows measures nothing.");
        }
        for (String part : all) {
            if (!part.startsWith("--")) {
                int equals = part.indexOf('=');
                bench.run(
                        equals < 0 ? part : part.substring(0, equals),
                        equals < 0 ? "" : part.substring(equals + 1));
            }
        }
    }

    private void run(String part, String argument)
            throws RunnerException, IOException, InterruptedException {
        switch (part) {
            case "setting" -> Setting.print(report);
            case "ring" -> RingDrain.run(report, quick);
            case "pipeline" -> new PipelineRate(quick).run(report);
            case "hooks" -> hooks(NATIVE_SCALE);
            case "lab-hooks" -> labHooks();
            case "dump" -> new DumpCost(quick).run(report);
            case "memory" -> new Footprint(quick).memory(report);
            case "start" -> new Footprint(quick).start(report);
            case "jmh" -> new JmhTable(quick).run(report, ".*" + argument + ".*");
            default -> throw new IllegalArgumentException("no benchmark is called " + part);
        }
    }

    private void hooks(int scale) throws IOException, InterruptedException {
        new HookCost(quick ? 1 : scale, quick ? 1 : 3).run(report);
    }

    private void labHooks() throws IOException, InterruptedException {
        hooks(LAB_SCALE);
        report.note("The lab emulates its processor: only the ratios mean something.");
    }
}
