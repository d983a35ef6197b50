package io.weir.agent;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.weir.agent.event.TcpEventView;
import java.lang.foreign.MemorySegment;

/**
 * What a dump said of some sockets, on its way from the poller's thread to the ring reader's: samples
 * in the shape of events, and after a namespace's samples its end, after all of them the round's. One
 * thread at a time.
 */
final class SampleChunk {
    private static final int PLACES = 1024;
    private static final int PLACE_BYTES = 256;
    private static final int KIND = 248;
    private static final long SAMPLE = 0;
    private static final long DUMP = 1;
    private static final long NAMESPACE = 2;
    private static final long ROUND = 3;

    private final MemorySegment memory =
            MemorySegment.ofArray(new long[PLACES * PLACE_BYTES / Long.BYTES]);
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == PLACES;
    }

    void clear() {
        size = 0;
    }

    /** Where the next sample is to be written, {@link TcpEventView#BYTES}; taken at once. */
    MemorySegment addSample() {
        long place = add(SAMPLE);
        return memory.asSlice(place, TcpEventView.BYTES);
    }

    void addDump(long startNs) {
        long place = add(DUMP);
        memory.set(JAVA_LONG, place, startNs);
    }

    void addNamespace(long netns, long startNs, long endNs, boolean complete) {
        long place = add(NAMESPACE);
        memory.set(JAVA_LONG, place, netns);
        memory.set(JAVA_LONG, place + 8, startNs);
        memory.set(JAVA_LONG, place + 16, endNs);
        memory.set(JAVA_LONG, place + 24, complete ? 1 : 0);
    }

    void addRound() {
        add(ROUND);
    }

    private long add(long kind) {
        long place = (long) size++ * PLACE_BYTES;
        memory.set(JAVA_LONG, place + KIND, kind);
        return place;
    }

    /** Hands everything on, in order. */
    void publish(Pipeline pipeline) {
        for (int i = 0; i < size; i++) {
            long place = (long) i * PLACE_BYTES;
            long kind = memory.get(JAVA_LONG, place + KIND);
            if (kind == SAMPLE) {
                pipeline.onRecord(memory, place, TcpEventView.BYTES);
            } else if (kind == DUMP) {
                pipeline.onDump(memory.get(JAVA_LONG, place));
            } else if (kind == NAMESPACE) {
                pipeline.onNamespaceDumped(
                        memory.get(JAVA_LONG, place),
                        memory.get(JAVA_LONG, place + 8),
                        memory.get(JAVA_LONG, place + 16),
                        memory.get(JAVA_LONG, place + 24) == 1);
            } else {
                pipeline.onRoundDumped();
            }
        }
        pipeline.onBatchEnd();
    }
}
