package io.weir.agent.flow;

import io.weir.record.FlowRecord;

/** Where the flow table's records go. Called by the flow thread; must not block. */
@FunctionalInterface
public interface FlowOutlet {
    /**
     * Takes a record.
     *
     * @return false if there is no room: what it told is told by a later record
     */
    boolean offer(FlowRecord record);
}
