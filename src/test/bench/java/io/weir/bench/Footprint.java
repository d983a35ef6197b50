package io.weir.bench;

import static io.weir.bench.Report.figure;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** Memory of the agent, idle and with many live connections, and how long it takes to start. */
final class Footprint {
    private static final double KIB_PER_MIB = 1024;
    private static final double NS_PER_MS = 1e6;

    private final boolean quick;
    private final int seconds;

    Footprint(boolean quick) {
        this.quick = quick;
        this.seconds = quick ? 2 : 16; // three windows end in it
    }

    void memory(Report report) throws IOException, InterruptedException {
        Report.Table table =
                report.table(
                        "Memory of weir agent, MiB",
                        "live connections (as ends here)",
                        "RSS",
                        "PSS",
                        "private dirty",
                        "kernel: maps");
        int[] stages = quick ? new int[] {0, 100} : new int[] {0, 1_000, 10_000};
        try (MeasuredAgent agent = new MeasuredAgent("--window", quick ? "1s" : "5s");
                LiveConnections connections = new LiveConnections()) {
            for (int ends : stages) {
                connections.growTo(ends);
                for (int i = 0; i < seconds; i++) {
                    connections.move();
                    Thread.sleep(1000);
                }
                row(table, ends, agent);
            }
        }
        table.print();
    }

    private static void row(Report.Table table, int ends, MeasuredAgent agent) throws IOException {
        Map<String, Long> kib = agent.memoryKib();
        table.row(
                ends == 0 ? "idle" : String.format(Locale.ROOT, "%,d", ends),
                figure(kib.get("Rss") / KIB_PER_MIB),
                figure(kib.get("Pss") / KIB_PER_MIB),
                figure(kib.get("Private_Dirty") / KIB_PER_MIB),
                figure(agent.mapKib() / KIB_PER_MIB));
    }

    void start(Report report) throws IOException {
        double[] ms = new double[quick ? 1 : 9];
        double[] cpuMs = new double[ms.length];
        for (int i = 0; i < ms.length; i++) {
            try (MeasuredAgent agent = new MeasuredAgent()) {
                ms[i] = agent.startupNs() / NS_PER_MS;
                cpuMs[i] = agent.startupCpuNs() / NS_PER_MS;
            }
        }
        Report.Table table =
                report.table(
                        "Start of weir agent, ms", "", "from exec to watching", "processor time");
        table.row("median of " + ms.length, figure(Medians.of(ms)), figure(Medians.of(cpuMs)));
        table.print();
    }
}
