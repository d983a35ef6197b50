package io.weir.agent.bpf.ring;

import java.lang.foreign.MemorySegment;

/** Takes events out of the ring, in the kernel's order. Called by the ring reader thread alone. */
public interface RecordHandler {
    /**
     * One record, in place: copy what is to be kept, since the kernel overwrites it later. An
     * exception skips this record and ends the drain.
     *
     * @param data the memory the record lies in; reaches far beyond it
     * @param offset where in {@code data} it starts; 8-aligned
     * @param length its bytes; read no further
     */
    void onRecord(MemorySegment data, long offset, int length);

    /** The records so far may be passed on: their room is about to be given back to the kernel. */
    void onBatchEnd();
}
