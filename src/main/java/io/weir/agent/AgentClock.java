package io.weir.agent;

import java.time.Instant;

/** Time as the flow thread sees it; replaced in tests. */
public interface AgentClock {
    /** CLOCK_MONOTONIC in ns: what the kernel stamps events with. */
    long monotonicNs();

    /** What to add to it to get Unix time in ns; changes when the wall clock is set. */
    long wallOffsetNs();

    /** This machine's clocks. HotSpot's {@code nanoTime} is CLOCK_MONOTONIC, which a test holds. */
    static AgentClock system() {
        return new AgentClock() {
            private static final int ATTEMPTS = 3;

            @Override
            public long monotonicNs() {
                return System.nanoTime();
            }

            // of a few attempts the one least disturbed between the two clocks
            @Override
            public long wallOffsetNs() {
                long offsetNs = 0;
                long leastNs = Long.MAX_VALUE;
                for (int i = 0; i < ATTEMPTS; i++) {
                    long beforeNs = System.nanoTime();
                    Instant wall = Instant.now();
                    long tookNs = System.nanoTime() - beforeNs;
                    if (tookNs < leastNs) {
                        leastNs = tookNs;
                        long wallNs = wall.getEpochSecond() * 1_000_000_000L + wall.getNano();
                        offsetNs = wallNs - (beforeNs + tookNs / 2);
                    }
                }
                return offsetNs;
            }
        };
    }
}
