package io.weir.agent.netlink;

import java.lang.foreign.MemorySegment;

/** Takes what the kernel answered as it came, before it is read. Called by the polling thread. */
@FunctionalInterface
public interface AnswerTap {
    /** Nobody wants it. */
    AnswerTap NONE = (answer, length, timeNs) -> {};

    /**
     * Whole messages one behind the other.
     *
     * @param answer begins with them; valid until this method returns
     * @param timeNs CLOCK_MONOTONIC
     */
    void onAnswer(MemorySegment answer, int length, long timeNs);
}
