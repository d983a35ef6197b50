package io.weir.agent;

import io.weir.config.WaitChoice;
import java.time.Duration;

/**
 * Sizes and patience of the pipeline.
 *
 * @param slots events between reader and flow thread, a power of two; 256 bytes each
 * @param waitChoice how the flow thread waits for events
 * @param stallTimeout how long the flow thread may take nothing before it counts as hung
 * @param flushTimeout how long the last records may wait for the sink to make room
 */
public record PipelineSettings(
        int slots, WaitChoice waitChoice, Duration stallTimeout, Duration flushTimeout) {
    /** 1 MiB: as much again as the kernel's ring of default size. */
    public static final int DEFAULT_SLOTS = 4_096;

    private static final int MAX_SLOTS = 1 << 20;

    /** @throws IllegalArgumentException if the slots are no power of two up to 2^20 */
    public PipelineSettings {
        if (slots <= 0 || slots > MAX_SLOTS || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException(
                    "slots must be a power of two, at most " + MAX_SLOTS + ": slots=" + slots);
        }
    }
}
