package io.weir.bench;

import static io.weir.bench.Report.figure;

import io.weir.agent.bpf.AttachPlanner;
import io.weir.agent.bpf.BpfException;
import io.weir.agent.bpf.BpfObjects;
import io.weir.agent.bpf.CgroupRoot;
import io.weir.agent.bpf.KernelFeatures;
import io.weir.agent.bpf.ProbeSettings;
import io.weir.agent.bpf.ProgramStats;
import io.weir.agent.bpf.TcpProbe;
import io.weir.agent.bpf.libbpf.Libbpf;
import io.weir.agent.bpf.ring.RecordHandler;
import io.weir.agent.bpf.ring.RingBufferReader;
import io.weir.agent.bpf.ring.RingPoller;
import io.weir.agent.sys.Descriptor;
import io.weir.config.Step;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each program costs per call, by the kernel's own statistics: on a busy connection whose
 * report is not due, on the same when every call reports, and while connections come and go.
 */
final class HookCost {
    private static final int RING_BYTES = 1 << 20;
    private static final int RESENT = 40;
    private static final long NEVER_MS = 3_600_000;
    private static final long EVERY_CALL_MS = 0;

    private final int exchanges;
    private final int connections;
    private final int rounds;

    /** @param scale 1 for an emulated machine, more for a real one */
    HookCost(int scale, int rounds) {
        this.exchanges = 1000 * scale;
        this.connections = 50 * scale;
        this.rounds = rounds;
    }

    /** Figures of one program in ns per call, one per round. */
    private record Costs(List<Double> notDue, List<Double> due, List<Double> lifecycle) {
        Costs() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    void run(Report report) throws IOException, InterruptedException {
        Report.Table table =
                report.table(
                        "BPF programs, ns per call on " + System.getProperty("os.version"),
                        "program",
                        "report not due",
                        "every call reports",
                        "ratio",
                        "opening, closing, SYN again");
        int measured = 0;
        for (Step step : Step.values()) {
            Map<String, Costs> byProgram = new TreeMap<>();
            try {
                for (int round = 0; round < rounds; round++) {
                    measure(step, NEVER_MS, byProgram);
                    measure(step, EVERY_CALL_MS, byProgram);
                }
            } catch (BpfException refused) {
                table.row(step.key() + ": not allowed here", "–", "–", "–", "–");
                continue;
            }
            measured++;
            byProgram.forEach((program, costs) -> row(table, program, costs));
        }
        if (measured == 0) {
            throw new AssertionError("no step can be attached: see weir check");
        }
        table.print();
    }

    private static void row(Report.Table table, String program, Costs costs) {
        double notDue = Medians.of(costs.notDue);
        double due = Medians.of(costs.due);
        double lifecycle = Medians.of(costs.lifecycle);
        if (!Double.isNaN(notDue) || !Double.isNaN(lifecycle)) {
            table.row(
                    program, figure(notDue), figure(due), figure(due / notDue), figure(lifecycle));
        }
    }

    private void measure(Step step, long intervalMs, Map<String, Costs> byProgram)
            throws IOException, InterruptedException {
        boolean never = intervalMs == NEVER_MS;
        try (TcpProbe probe = attach(step, intervalMs);
                KeepAlive load = new KeepAlive();
                Audience audience = new Audience(probe)) {
            List<ProgramStats> idle;
            List<ProgramStats> exchanged;
            try (SocketChannel lasting = load.connect()) {
                load.exchange(lasting, exchanges / 4);
                idle = probe.programStats();
                load.exchange(lasting, exchanges);
                exchanged = probe.programStats();
            }
            load.connections(connections);
            if (never) {
                KeepAlive.resend(RESENT);
            }
            List<ProgramStats> ended = probe.programStats();
            for (int i = 0; i < idle.size(); i++) {
                Costs costs = byProgram.computeIfAbsent(idle.get(i).program(), p -> new Costs());
                add(never ? costs.notDue : costs.due, idle.get(i), exchanged.get(i), exchanges);
                if (never && !isActivity(idle.get(i).program())) {
                    add(costs.lifecycle, exchanged.get(i), ended.get(i), RESENT);
                }
            }
            audience.leave();
            if (!never && audience.events < exchanges) {
                throw new AssertionError("only " + audience.events + " reports");
            }
        }
    }

    private static boolean isActivity(String program) {
        return program.startsWith("send_") || program.startsWith("receive_");
    }

    /** A figure only of a program that ran about as often as there was reason to. */
    private static void add(List<Double> to, ProgramStats from, ProgramStats until, int reasons) {
        long runs = until.runs() - from.runs();
        if (runs >= reasons / 2) {
            to.add((double) (until.runTimeNs() - from.runTimeNs()) / runs);
        }
    }

    private static TcpProbe attach(Step step, long intervalMs) {
        ProbeSettings settings =
                new ProbeSettings(
                        RING_BYTES,
                        1024,
                        4096,
                        intervalMs,
                        ProbeSettings.onlySteps(EnumSet.of(step)),
                        CgroupRoot.find());
        try (KernelFeatures kernel = KernelFeatures.read()) {
            return new AttachPlanner(BpfObjects.tcpFlow(), settings, kernel).attach();
        }
    }

    /**
     * Keeps the kernel's statistics enabled, and takes the events out as the agent does, or a full
     * ring would make reporting cheap.
     */
    private static final class Audience implements AutoCloseable, RecordHandler {
        private final Descriptor statistics = enableStatistics();
        private final RingBufferReader ring;
        private final RingPoller poller;
        private final Thread thread;
        private long events;

        Audience(TcpProbe probe) {
            ring = RingBufferReader.open(probe.ringFd(), probe.ringBytes());
            poller = new RingPoller(ring, this, 100);
            thread = Thread.ofPlatform().daemon().start(poller::run);
        }

        private static Descriptor enableStatistics() {
            int fd = Libbpf.bpf_enable_stats(Libbpf.BPF_STATS_RUN_TIME());
            if (fd < 0) {
                throw new AssertionError("bpf_enable_stats: errno " + -fd);
            }
            return Descriptor.owning(fd);
        }

        @Override
        public void onRecord(MemorySegment data, long offset, int length) {
            events++;
        }

        @Override
        public void onBatchEnd() {}

        /** Takes what is left. */
        void leave() throws InterruptedException {
            poller.stop();
            thread.join();
        }

        @Override
        public void close() {
            poller.close();
            ring.close();
            statistics.close();
        }
    }
}
