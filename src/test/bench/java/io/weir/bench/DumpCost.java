package io.weir.bench;

import static io.weir.bench.Report.figure;

import io.weir.agent.bpf.BpfException;
import io.weir.agent.bpf.TcpIterator;
import io.weir.agent.netlink.DumpHarness;
import io.weir.agent.netlink.DumpSettings;
import io.weir.agent.netlink.DumpSettings.Families;
import io.weir.agent.sys.SystemCallException;
import io.weir.testkit.ManySockets;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What it costs to ask for every socket of a namespace: by what is asked, with and without reading
 * the answers, and against {@code ss -tin}; all taken by turns.
 */
final class DumpCost {
    /** Both ends and listeners fit into 20,000 descriptors, the most a process may have here. */
    private static final int CONNECTIONS = 9_990;

    private static final int INFO = 1 << 1;
    private static final int SKMEMINFO = 1 << 6;

    private final int connections;
    private final int rounds;

    DumpCost(boolean quick) {
        connections = quick ? 100 : CONNECTIONS;
        rounds = quick ? 2 : 41;
    }

    /** What is asked, in words and as bits. */
    private record Asked(String name, Families families, int attributes) {
        DumpSettings settings() {
            return DumpSettings.of(families, DumpSettings.ALL_STATES, attributes);
        }
    }

    private static final List<Asked> ASKED =
            List.of(
                    new Asked("no attribute", Families.BOTH, 0),
                    new Asked("INFO", Families.BOTH, INFO),
                    new Asked("INFO, SKMEMINFO", Families.BOTH, INFO | SKMEMINFO),
                    new Asked("every attribute", Families.BOTH, DumpSettings.ALL_EXTENSIONS),
                    new Asked("INFO, a pass per family", Families.EACH, INFO));

    void run(Report report) throws IOException, InterruptedException {
        try (ManySockets full = ManySockets.open(1, connections);
                ManySockets empty = ManySockets.open(1, 0)) {
            inNamespace(full.pid(), () -> dumps(report));
            inNamespace(full.pid(), () -> againstIterator(report));
            inNamespace(full.pid(), () -> pace(report));
            inNamespace(full.pid(), () -> againstSs(report, full.pid()));
            inNamespace(empty.pid(), () -> emptyNamespace(report));
        }
    }

    private void dumps(Report report) {
        Report.Table table =
                report.table(
                        "Dump of %,d sockets, µs per socket".formatted(2 * connections + 2),
                        "asked for",
                        "receive alone",
                        "receive and decode",
                        "ratio (at most 1.10)");
        for (Asked asked : ASKED) {
            try (DumpHarness harness = new DumpHarness(asked.settings())) {
                double[] alone = new double[rounds];
                double[] decoded = new double[rounds];
                for (int round = -rounds / 2; round < rounds; round++) {
                    double first = perSocket(harness::receive);
                    double second = perSocket(harness::decode);
                    if (round >= 0) {
                        alone[round] = first;
                        decoded[round] = second;
                    }
                }
                table.row(
                        asked.name(),
                        figure(Medians.of(alone)),
                        figure(Medians.of(decoded)),
                        figure(Medians.of(decoded) / Medians.of(alone)));
                if (harness.sum() == 0) {
                    throw new AssertionError("nothing was read");
                }
            }
        }
        table.print();
    }

    /** An iterator of 96 bytes a socket, where the kernel allows one, by turns with the dump. */
    private void againstIterator(Report report) {
        Report.Table table =
                report.table(
                        "The same against bpf_iter/tcp, µs per socket", "", "dump", "iterator");
        try (TcpIterator iterator = new TcpIterator();
                DumpHarness harness =
                        new DumpHarness(
                                DumpSettings.of(Families.BOTH, DumpSettings.ALL_STATES, INFO))) {
            double[] dumps = new double[rounds];
            double[] walks = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                dumps[round] = perSocket(harness::receive);
                walks[round] = perSocket(iterator::walk);
            }
            table.row("INFO", figure(Medians.of(dumps)), figure(Medians.of(walks)));
        } catch (IOException | BpfException | SystemCallException refused) {
            table.row("not allowed here: " + refused.getMessage(), "", "");
        }
        table.print();
    }

    /**
     * What polling takes of a processor in the kernel, at its pace and when it has become rarer because
     * the hooks tell of everything.
     */
    private void pace(Report report) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] kernelMs = new double[rounds];
        try (DumpHarness harness =
                new DumpHarness(DumpSettings.of(Families.BOTH, DumpSettings.ALL_STATES, INFO))) {
            for (int round = 0; round < rounds; round++) {
                long before = kernelNs(threads);
                harness.decode();
                kernelMs[round] = (kernelNs(threads) - before) / 1e6;
            }
        }
        double per10k = Medians.of(kernelMs) * 10_000 / (2 * connections + 2);
        Report.Table table =
                report.table(
                        "Polling, ms of kernel time per 10,000 sockets and minute",
                        "",
                        "a poll",
                        "every 10 s",
                        "every 60 s (hooks agree)");
        table.row("INFO", figure(per10k), figure(6 * per10k), figure(per10k));
        table.print();
    }

    private static long kernelNs(ThreadMXBean threads) {
        return threads.getCurrentThreadCpuTime() - threads.getCurrentThreadUserTime();
    }

    private double perSocket(Runnable dump) {
        long startNs = System.nanoTime();
        dump.run();
        return (System.nanoTime() - startNs) / 1e3 / (2 * connections + 2);
    }

    private void againstSs(Report report, long pid) {
        int times = Math.max(rounds / 4, 1);
        double[] ours = new double[times];
        double[] theirs = new double[times];
        try (DumpHarness harness =
                new DumpHarness(DumpSettings.of(Families.BOTH, DumpSettings.ALL_STATES, INFO))) {
            perSocket(harness::decode);
            for (int i = 0; i < times; i++) {
                ours[i] = perSocket(harness::decode);
                theirs[i] = perSocket(() -> ss(pid));
            }
        }
        Report.Table table =
                report.table("The same against ss -tin, µs per socket", "", "weir", "ss", "times");
        table.row(
                "INFO",
                figure(Medians.of(ours)),
                figure(Medians.of(theirs)),
                figure(Medians.of(theirs) / Medians.of(ours)));
        table.print();
    }

    private static void ss(long pid) {
        try {
            Process ss =
                    new ProcessBuilder("nsenter", "--net=/proc/" + pid + "/ns/net", "ss", "-tinaH")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (ss.waitFor() != 0) {
                throw new AssertionError("ss failed");
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The kernel walks a table that all namespaces share, whoever asks. */
    private void emptyNamespace(Report report) {
        Report.Table table =
                report.table("A namespace without connections, µs", "", "one pass", "two passes");
        try (DumpHarness one = new DumpHarness(settings(Families.BOTH));
                DumpHarness two = new DumpHarness(settings(Families.EACH))) {
            double[] onePass = new double[rounds];
            double[] twoPasses = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                onePass[round] = us(one::decode);
                twoPasses[round] = us(two::decode);
            }
            table.row("dump", figure(Medians.of(onePass)), figure(Medians.of(twoPasses)));
        }
        table.print();
    }

    private static DumpSettings settings(Families families) {
        return DumpSettings.of(families, DumpSettings.ALL_STATES, INFO);
    }

    private static double us(Runnable work) {
        long startNs = System.nanoTime();
        work.run();
        return (System.nanoTime() - startNs) / 1e3;
    }

    private static void inNamespace(long pid, Runnable work)
            throws IOException, InterruptedException {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            DumpHarness.enter(pid);
                            work.run();
                        },
                        null);
        Thread.ofPlatform().name("weir-bench-dump").start(task);
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }
}
