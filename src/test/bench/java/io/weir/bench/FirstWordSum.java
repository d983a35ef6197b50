package io.weir.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.weir.agent.bpf.ring.RecordHandler;
import java.lang.foreign.MemorySegment;

/** The least a handler can do: count records and add up their first word, as the C callback does. */
final class FirstWordSum implements RecordHandler {
    private long records;
    private long sum;

    @Override
    public void onRecord(MemorySegment data, long offset, int length) {
        records++;
        sum += data.get(JAVA_LONG, offset);
    }

    @Override
    public void onBatchEnd() {}

    long records() {
        return records;
    }

    long sum() {
        return sum;
    }
}
