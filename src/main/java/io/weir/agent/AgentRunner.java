package io.weir.agent;

import io.weir.agent.check.CheckReport;
import io.weir.agent.check.LiveReport;
import io.weir.agent.sink.FlowSink;
import io.weir.config.AgentSettings;

/** The way from the kernel to a sink, as the commands see it. */
public interface AgentRunner {
    /**
     * Attaches, says {@code watching …} once records can come, measures until asked to stop, then
     * drains ring and parked closes, offers every open flow once more and closes the sink. Returns
     * on the calling thread with nothing left attached; throws if it cannot attach.
     *
     * @param sink taken over: closed before this method returns or throws
     */
    void run(AgentSettings settings, FlowSink sink, StopSignal stop, Notices notices);

    /**
     * Measures until asked to stop, telling no records, and says what each witness saw. Throws as
     * {@link #run}.
     */
    LiveReport watch(AgentSettings settings, StopSignal stop, Notices notices);

    /** Finds out what this kernel allows, leaving nothing attached. */
    CheckReport check(AgentSettings settings);
}
