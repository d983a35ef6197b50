package io.weir.agent.bpf.ring;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Keeps the first word and the length of every record it is handed. */
final class Collector implements RecordHandler {
    final List<Long> values = new ArrayList<>();
    final List<Integer> lengths = new ArrayList<>();
    int batches;

    @Override
    public void onRecord(MemorySegment data, long offset, int length) {
        values.add(data.get(JAVA_LONG, offset));
        lengths.add(length);
    }

    @Override
    public void onBatchEnd() {
        batches++;
    }
}
