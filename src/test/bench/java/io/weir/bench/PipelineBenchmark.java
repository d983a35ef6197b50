package io.weir.bench;

import io.weir.agent.AgentClock;
import io.weir.agent.Pipeline;
import io.weir.agent.PipelineSettings;
import io.weir.agent.bpf.RingFiller;
import io.weir.agent.bpf.ring.RingBufferReader;
import io.weir.agent.flow.FlowTable;
import io.weir.agent.sink.FlowSink;
import io.weir.config.WaitChoice;
import io.weir.record.FlowRecord;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The whole way of an event: out of the kernel's ring, through the Disruptor in batches, into a flow
 * table of 10,000 live connections. Windows never end: records are not what is measured.
 */
@State(Scope.Thread)
public class PipelineBenchmark {
    private static final int EVENTS = 4000;
    private static final int NO_WAKEUP = 1;

    @Param({"BLOCKING", "YIELDING"})
    public WaitChoice wait;

    private RingFiller filler;
    private RingBufferReader reader;
    private Pipeline pipeline;

    @Setup
    public void open() {
        filler = RingFiller.ofEvents(1 << 20).flags(NO_WAKEUP);
        reader = RingBufferReader.open(filler.ringFd(), filler.ringSize());
        FlowTable table = LiveFlows.table(record -> true);
        pipeline =
                new Pipeline(
                        new PipelineSettings(
                                PipelineSettings.DEFAULT_SLOTS,
                                wait,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(30)),
                        new StandingClock(),
                        table,
                        new NoSink(),
                        failure -> {
                            throw failure;
                        });
        pipeline.start();
    }

    @Setup(Level.Invocation)
    public void fill() {
        filler.fill(EVENTS);
    }

    @TearDown
    public void close() {
        pipeline.close();
        reader.close();
        filler.close();
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    @SuppressWarnings(
            "ThreadPriorityCheck") // lets the flow thread have the core, if it is the only one
    public void ringToTable() {
        int drained = reader.drain(pipeline);
        if (drained != EVENTS) {
            throw new AssertionError("drained " + drained + " of " + EVENTS);
        }
        while (pipeline.backlog() > 0) {
            Thread.yield();
        }
    }

    private static final class StandingClock implements AgentClock {
        @Override
        public long monotonicNs() {
            return 0;
        }

        @Override
        public long wallOffsetNs() {
            return 0;
        }
    }

    private static final class NoSink implements FlowSink {
        @Override
        public boolean offer(FlowRecord record) {
            return true;
        }

        @Override
        public void close() {}
    }
}
