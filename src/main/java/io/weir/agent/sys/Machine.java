package io.weir.agent.sys;

/** What this machine and process are, as the C library says. Any thread. */
public final class Machine {
    /** {@code bits/confname.h}; musl uses the same numbers. */
    static final int SC_PAGESIZE = 30;

    static final int SC_NPROCESSORS_CONF = 83;

    private Machine() {}

    /** Bytes of a memory page; the ring's positions sit one page apart. */
    public static long pageSize() {
        return sysconf(SC_PAGESIZE);
    }

    /** Processors that are or could be plugged in. Per-CPU maps go by libbpf's possible CPUs. */
    public static int configuredProcessors() {
        return Math.toIntExact(sysconf(SC_NPROCESSORS_CONF));
    }

    /** The user whose rights this process has; 0 is root. */
    public static long effectiveUserId() {
        try {
            return Integer.toUnsignedLong((int) LibC.GETEUID.invokeExact());
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }

    private static long sysconf(int name) {
        try {
            return (long) LibC.SYSCONF.invokeExact(name);
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }
}
