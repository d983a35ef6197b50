package io.weir.bench;

import io.weir.agent.bpf.RingFiller;
import io.weir.agent.bpf.ring.RingBufferReader;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Drains the same kernel ring in Java and with libbpf's C consumer, one after the other and again,
 * in one process: the ratio holds where absolute times wander.
 */
final class RingDrain {
    private static final long RING_BYTES = 1 << 20;
    private static final int HEADER_BYTES = 8;
    private static final int NO_WAKEUP = 1;

    private final int length;
    private final int rounds;
    private final int warmUps;

    private RingDrain(int length, int rounds, int warmUps) {
        this.length = length;
        this.rounds = rounds;
        this.warmUps = warmUps;
    }

    /** Medians, in ns per record. */
    record Result(int length, double java, double c) {
        double ratio() {
            return java / c;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "ring drain, %3d-byte records  java %6.2f ns  c %6.2f ns  ratio %.2f",
                    length,
                    java,
                    c,
                    ratio());
        }
    }

    /** One comparison; {@code quick} only shows that it works. */
    static Result measure(int length, boolean quick) {
        return new RingDrain(length, quick ? 3 : 2001, quick ? 2 : 500).measure();
    }

    private Result measure() {
        int records = (int) (RING_BYTES / (length + HEADER_BYTES)) - 1;
        double[] java = new double[rounds];
        double[] c = new double[rounds];
        FirstWordSum handler = new FirstWordSum();
        try (RingFiller filler = new RingFiller(RING_BYTES).length(length).flags(NO_WAKEUP);
                RingBufferReader reader =
                        RingBufferReader.open(filler.ringFd(), filler.ringSize());
                CConsumer consumer = new CConsumer(filler.ringFd())) {
            for (int round = -warmUps; round < rounds; round++) {
                filler.fill(records);
                double javaNs = timed(records, () -> reader.drain(handler));
                filler.fill(records);
                double cNs = timed(records, consumer::drain);
                if (round >= 0) {
                    java[round] = javaNs;
                    c[round] = cNs;
                }
            }
            checkSums(handler, consumer, records);
        }
        return new Result(length, median(java), median(c));
    }

    private static double timed(int records, IntSupplier drain) {
        long start = System.nanoTime();
        int drained = drain.getAsInt();
        long took = System.nanoTime() - start;
        if (drained != records) {
            throw new AssertionError("drained " + drained + " of " + records);
        }
        return (double) took / records;
    }

    /** Records are numbered and each round reads the ones after the other's: Java reads first. */
    private void checkSums(FirstWordSum handler, CConsumer consumer, long records) {
        long total = (long) warmUps + rounds;
        if (consumer.sum() - handler.sum() != total * records * records) {
            throw new AssertionError("java and c did not read the same records");
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
