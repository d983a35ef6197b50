package io.weir.testkit;

import io.weir.agent.AgentClock;

/** A clock which stands until it is moved; any thread. */
public final class FakeClock implements AgentClock {
    private volatile long nowNs = 1_000_000_000L;

    @Override
    public long monotonicNs() {
        return nowNs;
    }

    @Override
    public long wallOffsetNs() {
        return 1_790_000_000_000_000_000L;
    }

    /** Moves to a later time; one thread. */
    public void advance(long ns) {
        nowNs = monotonicNs() + ns;
    }
}
