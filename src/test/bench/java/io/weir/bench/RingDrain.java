package io.weir.bench;

import static io.weir.bench.Report.figure;

import com.sun.management.ThreadMXBean;
import io.weir.agent.bpf.RingFiller;
import io.weir.agent.bpf.ring.RingBufferReader;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;

/**
 * Drains the same kernel ring in Java and with libbpf's C consumer, one after the other and again,
 * in one process: the ratio holds where absolute times wander.
 */
final class RingDrain {
    private static final long RING_BYTES = 1 << 20;
    private static final int HEADER_BYTES = 8;
    private static final int NO_WAKEUP = 1;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int length;
    private final int records;
    private final int rounds;
    private final int warmUps;

    private RingDrain(int length, boolean quick) {
        this.length = length;
        this.records = (int) (RING_BYTES / (length + HEADER_BYTES)) - 1;
        this.rounds = quick ? 3 : 2001;
        this.warmUps = quick ? 2 : 1000;
    }

    /** Medians in ns per record, and what Java allocated per record. */
    private record Result(int length, double java, double c, double allocated) {}

    static void run(Report report, boolean quick) {
        Report.Table table =
                report.table(
                        "Ring drain, ns per record",
                        "record",
                        "Java",
                        "C, libbpf",
                        "ratio (at most 1.00)",
                        "B/record");
        for (int length : new int[] {64, 248}) {
            Result result = new RingDrain(length, quick).measure();
            table.row(
                    length + " bytes",
                    figure(result.java),
                    figure(result.c),
                    figure(result.java / result.c),
                    figure(result.allocated));
        }
        table.print();
    }

    private Result measure() {
        double[] java = new double[rounds];
        double[] c = new double[rounds];
        long allocated = 0;
        FirstWordSum handler = new FirstWordSum();
        try (RingFiller filler = new RingFiller(RING_BYTES).length(length).flags(NO_WAKEUP);
                RingBufferReader reader =
                        RingBufferReader.open(filler.ringFd(), filler.ringSize());
                CConsumer consumer = new CConsumer(filler.ringFd())) {
            IntSupplier javaDrain = () -> reader.drain(handler);
            IntSupplier cDrain = consumer::drain;
            for (int round = -warmUps; round < rounds; round++) {
                filler.fill(records);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                double javaNs = timed(javaDrain);
                long after = THREADS.getCurrentThreadAllocatedBytes();
                filler.fill(records);
                double cNs = timed(cDrain);
                if (round >= 0) {
                    java[round] = javaNs;
                    c[round] = cNs;
                    allocated += after - before;
                }
            }
            checkSums(handler, consumer);
        }
        return new Result(
                length, Medians.of(java), Medians.of(c), (double) allocated / rounds / records);
    }

    private double timed(IntSupplier drain) {
        long start = System.nanoTime();
        int drained = drain.getAsInt();
        long took = System.nanoTime() - start;
        if (drained != records) {
            throw new AssertionError("drained " + drained + " of " + records);
        }
        return (double) took / records;
    }

    /** Records are numbered, and each of C's rounds reads the ones that follow Java's. */
    private void checkSums(FirstWordSum handler, CConsumer consumer) {
        long total = (long) warmUps + rounds;
        if (consumer.sum() - handler.sum() != total * records * records) {
            throw new AssertionError("java and c did not read the same records");
        }
    }
}
