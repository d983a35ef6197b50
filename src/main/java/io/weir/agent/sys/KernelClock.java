package io.weir.agent.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The clocks that BPF programs stamp events with. Any thread. */
public final class KernelClock {
    static final int CLOCK_MONOTONIC = 1;
    static final int CLOCK_MONOTONIC_COARSE = 6;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private KernelClock() {}

    /** Nanoseconds since boot without suspended time: what {@code bpf_ktime_get_ns()} returns. */
    public static long monotonicNs() {
        return timespecNs(LibC.CLOCK_GETTIME, "clock_gettime", CLOCK_MONOTONIC);
    }

    /** Length of a jiffy, 1/HZ: what {@code bpf_jiffies64()} counts in. */
    public static long jiffyNs() {
        return timespecNs(LibC.CLOCK_GETRES, "clock_getres", CLOCK_MONOTONIC_COARSE);
    }

    private static long timespecNs(MethodHandle handle, String call, int clock) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LibC.newCallState(arena);
            MemorySegment timespec = arena.allocate(JAVA_LONG, 2);
            int result = (int) handle.invokeExact(state, clock, timespec);
            LibC.check(result, state, call, "clock " + clock);
            return timespec.getAtIndex(JAVA_LONG, 0) * NS_PER_SECOND
                    + timespec.getAtIndex(JAVA_LONG, 1);
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }
}
