package io.weir.bench;

import io.weir.config.WaitChoice;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Wall time and allocation of an event's whole way, from the kernel's ring to the flow table. */
@State(Scope.Thread)
public class PipelineBenchmark {
    @Param({"BLOCKING", "YIELDING"})
    public WaitChoice wait;

    private RingToTable way;

    @Setup
    public void open() {
        way = new RingToTable(wait);
    }

    @Setup(Level.Invocation)
    public void fill() {
        way.fill();
    }

    @TearDown
    public void close() {
        way.close();
    }

    @Benchmark
    @OperationsPerInvocation(RingToTable.EVENTS)
    public void ringToTable() {
        way.drain();
        way.awaitFlowThread();
    }
}
