package io.weir.bench;

import static io.weir.bench.Report.figure;

import com.sun.management.ThreadMXBean;
import io.weir.agent.AgentClock;
import io.weir.agent.Pipeline;
import io.weir.agent.PipelineSettings;
import io.weir.agent.bpf.RingFiller;
import io.weir.agent.bpf.ring.RingBufferReader;
import io.weir.agent.sink.NullSink;
import io.weir.config.WaitChoice;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * The whole way of an event, both threads on one processor: out of the kernel's ring, in batches
 * through the Disruptor, into the flow table. {@code tools/bench/run} pins the process. Medians, of
 * the processor time of both threads, which other programs disturb less than the clock.
 */
final class PipelineRate {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long RING_BYTES = 1 << 20;
    private static final int EVENTS = 4000;
    private static final int NO_WAKEUP = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int rounds;
    private final int warmUps;

    PipelineRate(boolean quick) {
        rounds = quick ? 3 : 3001;
        warmUps = quick ? 2 : 3000;
    }

    void run(Report report) throws IOException {
        Report.Table table =
                report.table(
                        "Ring, Disruptor and flow table on one processor (" + processors() + ")",
                        "live connections",
                        "M events per processor second (at least 5)",
                        "ns/event",
                        "by the clock",
                        "B/event");
        for (int connections : new int[] {1_000, 10_000}) {
            measure(table, connections);
        }
        table.print();
    }

    private void measure(Report.Table table, int connections) {
        double[] ns = new double[rounds];
        double[] cpuNs = new double[rounds];
        long bytes = 0;
        try (RingFiller filler =
                        RingFiller.ofEvents(RING_BYTES).connections(connections).flags(NO_WAKEUP);
                RingBufferReader reader =
                        RingBufferReader.open(filler.ringFd(), filler.ringSize());
                Pipeline pipeline = pipeline()) {
            pipeline.start();
            long[] threads = {Thread.currentThread().threadId(), flowThread()};
            for (int round = -warmUps; round < rounds; round++) {
                filler.fill(EVENTS);
                long cpuBeforeNs = cpuNs(threads);
                long bytesBefore = bytes(threads);
                long startNs = System.nanoTime();
                drain(reader, pipeline);
                long tookNs = System.nanoTime() - startNs;
                long allocated = bytes(threads) - bytesBefore;
                long tookCpuNs = cpuNs(threads) - cpuBeforeNs;
                if (round >= 0) {
                    ns[round] = (double) tookNs / EVENTS;
                    cpuNs[round] = (double) tookCpuNs / EVENTS;
                    bytes += allocated;
                }
            }
        }
        double perEvent = Medians.of(cpuNs);
        table.row(
                String.format(Locale.ROOT, "%,d", connections),
                figure(1000 / perEvent),
                figure(perEvent),
                figure(Medians.of(ns)),
                figure((double) bytes / rounds / EVENTS));
    }

    @SuppressWarnings("ThreadPriorityCheck") // the flow thread has the same processor
    private static void drain(RingBufferReader reader, Pipeline pipeline) {
        int drained = reader.drain(pipeline);
        if (drained != EVENTS) {
            throw new AssertionError("drained " + drained + " of " + EVENTS);
        }
        while (pipeline.backlog() > 0) {
            Thread.yield();
        }
    }

    private static Pipeline pipeline() {
        return new Pipeline(
                new PipelineSettings(
                        PipelineSettings.DEFAULT_SLOTS, WaitChoice.BLOCKING, PATIENCE, PATIENCE),
                AgentClock.system(),
                LiveFlows.table(record -> true),
                new NullSink(),
                failure -> {
                    throw failure;
                });
    }

    private static long flowThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("weir-flow"))
                .mapToLong(Thread::threadId)
                .max()
                .orElseThrow();
    }

    private static long cpuNs(long[] threads) {
        long sum = 0;
        for (long thread : threads) {
            sum += THREADS.getThreadCpuTime(thread);
        }
        return sum;
    }

    private static long bytes(long[] threads) {
        long sum = 0;
        for (long thread : threads) {
            sum += THREADS.getThreadAllocatedBytes(thread);
        }
        return sum;
    }

    /** Which processors this process may use. */
    private static String processors() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> "CPU " + line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("any");
    }
}
