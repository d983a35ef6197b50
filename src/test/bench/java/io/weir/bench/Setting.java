package io.weir.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where and on what a figure was measured; a figure without it says little. */
final class Setting {
    private Setting() {}

    static void print(Report report) throws IOException {
        Report.Table table = report.table("Measured on", "", "");
        table.row(
                "hardware",
                processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        table.row("kernel", System.getProperty("os.version"));
        table.row(
                "JVM",
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        table.row("commit", commit());
        String load = loadAverage();
        table.row("load average before", load);
        table.print();
        if (Double.parseDouble(load) > Runtime.getRuntime().availableProcessors()) {
            report.note("This machine is busy: times by the clock are too long, ratios are right.");
        }
    }

    private static String loadAverage() throws IOException {
        String load = Files.readString(Path.of("/proc/loadavg"));
        return load.substring(0, load.indexOf(' '));
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name") || line.startsWith("CPU part"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse(System.getProperty("os.arch"));
    }

    private static String commit() throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
        String commit = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
        return commit.isEmpty() ? "unknown" : commit;
    }
}
