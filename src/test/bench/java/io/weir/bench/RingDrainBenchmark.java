package io.weir.bench;

import io.weir.agent.bpf.RingFiller;
import io.weir.agent.bpf.ring.RingBufferReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the walk over the ring costs and allocates per record, with the least of handlers. */
@State(Scope.Thread)
public class RingDrainBenchmark {
    private static final int RECORDS = 4000;
    private static final int NO_WAKEUP = 1;

    @Param({"64", "248"})
    public int length;

    private final FirstWordSum handler = new FirstWordSum();
    private RingFiller filler;
    private RingBufferReader reader;

    @Setup
    public void open() {
        filler = new RingFiller(1 << 20).length(length).flags(NO_WAKEUP);
        reader = RingBufferReader.open(filler.ringFd(), filler.ringSize());
    }

    @Setup(Level.Invocation)
    public void fill() {
        filler.fill(RECORDS);
    }

    @TearDown
    public void close() {
        reader.close();
        filler.close();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long drain() {
        int drained = reader.drain(handler);
        if (drained != RECORDS) {
            throw new AssertionError("drained " + drained + " of " + RECORDS);
        }
        return handler.sum();
    }
}
