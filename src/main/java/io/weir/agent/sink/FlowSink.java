package io.weir.agent.sink;

import io.weir.record.FlowRecord;

/**
 * Where finished records leave the agent.
 *
 * <p>Called by one thread, the one that owns the flow table; never blocks. A record which is not
 * taken stays with the caller, which offers it again: its bytes move into a later record.
 */
public interface FlowSink extends AutoCloseable {
    /**
     * Takes a record, to be delivered later.
     *
     * @return false if full: the record was not taken
     */
    boolean offer(FlowRecord record);

    /** No more records for now; send what is buffered. */
    default void onBatchEnd() {}

    /** Delivers accepted records within the configured close timeout. Idempotent. */
    @Override
    void close();
}
