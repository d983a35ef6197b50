package io.weir.testkit;

import io.weir.agent.sink.FlowSink;
import io.weir.record.FlowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A sink whose records another thread takes; refuses what it is told to. */
public final class QueueSink implements FlowSink {
    private final BlockingQueue<FlowRecord> records = new LinkedBlockingQueue<>();
    private volatile Predicate<FlowRecord> takes = record -> true;
    private volatile int batches;

    /** Called by the flow thread for each record offered. */
    public void takes(Predicate<FlowRecord> takes) {
        this.takes = takes;
    }

    @Override
    public boolean offer(FlowRecord record) {
        return takes.test(record) && records.add(record);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread calls
    public void onBatchEnd() {
        batches++;
    }

    /** Batches ended so far. */
    public int batches() {
        return batches;
    }

    /** The next record; waits for it. */
    public FlowRecord take() throws InterruptedException {
        FlowRecord record = records.poll(30, TimeUnit.SECONDS);
        if (record == null) {
            throw new AssertionError("no record in 30 s");
        }
        return record;
    }

    /** Those there are. */
    public List<FlowRecord> drain() {
        List<FlowRecord> drained = new ArrayList<>();
        records.drainTo(drained);
        return drained;
    }

    @Override
    public void close() {}
}
