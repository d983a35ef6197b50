package io.weir.bench;

import io.weir.config.Step;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures and prints tables: {@code tools/bench/run}, which says what the parts are. With {@code
 * --quick} everything runs once, which shows that it still works and measures nothing.
 */
public final class BenchMain {
    private static final int NATIVE_SCALE = 20;
    private static final int LAB_SCALE = 2;

    private final boolean quick;
    private final Report report;

    private BenchMain(List<String> arguments) {
        quick = arguments.contains("--quick");
        report = new Report(arguments.contains("--markdown"));
    }

    /** @param arguments parts, such as {@code ring} or {@code hooks=tp_btf,sockops}, and options */
    public static void main(String[] arguments)
            throws RunnerException, IOException, InterruptedException {
        List<String> all = Arrays.asList(arguments);
        BenchMain bench = new BenchMain(all);
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
            case "hooks" -> hooks(NATIVE_SCALE, argument);
            case "lab-hooks" -> hooks(LAB_SCALE, argument);
            case "memory" -> new Footprint(quick).memory(report);
            case "start" -> new Footprint(quick).start(report);
            case "jmh" -> new JmhTable(quick).run(report, argument.isEmpty() ? ".*" : argument);
            default -> throw new IllegalArgumentException("no benchmark is called " + part);
        }
    }

    private void hooks(int scale, String steps) throws IOException, InterruptedException {
        List<Step> chosen =
                Arrays.stream(Step.values())
                        .filter(step -> Arrays.asList(steps.split(",", -1)).contains(step.key()))
                        .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "hooks=STEP,… with steps "
                            + Arrays.toString(Step.values()).toLowerCase(Locale.ROOT));
        }
        new HookCost(quick ? 1 : scale, quick ? 1 : 3).run(report, chosen);
    }
}
