package io.weir.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.sys.KernelClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AgentClockTest {
    private final AgentClock clock = AgentClock.system();

    @Test
    void shouldTellTheTimeTheKernelStampsEventsWith() {
        long beforeNs = KernelClock.monotonicNs();
        long nowNs = clock.monotonicNs();
        long afterNs = KernelClock.monotonicNs();

        assertThat(nowNs).isBetween(beforeNs, afterNs);
    }

    @Test
    void shouldTurnItIntoUnixTime() {
        long beforeMs = System.currentTimeMillis();
        long wallNs = clock.wallOffsetNs() + clock.monotonicNs();
        long afterMs = System.currentTimeMillis();

        assertThat(Instant.ofEpochSecond(0, wallNs).toEpochMilli())
                .isBetween(beforeMs - 50, afterMs + 50);
    }
}
