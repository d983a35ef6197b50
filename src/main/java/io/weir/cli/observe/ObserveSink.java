package io.weir.cli.observe;

import io.weir.agent.StopSignal;
import io.weir.agent.sink.FlowSink;
import io.weir.record.FlowRecord;

/** Passes on what the filter wants, counts it, and asks to stop after so many records. */
public final class ObserveSink implements FlowSink {
    private final FlowFilter filter;
    private final FlowSink next;
    private final long most;
    private final StopSignal stop;
    private final Summary summary = new Summary();

    /**
     * @param next shows the records; closed with this sink
     * @param most records to show before stopping; 0 for no limit
     */
    public ObserveSink(FlowFilter filter, FlowSink next, long most, StopSignal stop) {
        this.filter = filter;
        this.next = next;
        this.most = most;
        this.stop = stop;
    }

    @Override
    public boolean offer(FlowRecord record) {
        if (isComplete() || !filter.matches(record)) {
            summary.passOver(record);
            return true;
        }
        if (!next.offer(record)) {
            return false;
        }
        summary.add(record);
        if (isComplete()) {
            stop.request();
        }
        return true;
    }

    private boolean isComplete() {
        return most > 0 && summary.records() >= most;
    }

    @Override
    public void onBatchEnd() {
        next.onBatchEnd();
    }

    @Override
    public void close() {
        next.close();
    }

    /** What was shown; complete once the agent has returned. */
    public Summary summary() {
        return summary;
    }
}
