package io.weir.record;

import java.util.Objects;

/**
 * Whose socket it is: the process last seen using it in its own context, never the one a softirq
 * happened to interrupt.
 *
 * @param pid process id (thread group) in the agent's namespace; 0 unknown
 * @param uid user id; -1 unknown
 * @param comm name of the thread, at most 15 bytes in the kernel; empty unknown
 * @param cgroupId cgroup v2 id, which is its directory's inode number; 0 unknown; unsigned
 */
public record Owner(long pid, long uid, String comm, long cgroupId) {
    /** Nobody known. */
    public static final Owner UNKNOWN = new Owner(0, -1, "", 0);

    /** @throws NullPointerException if the name is missing */
    public Owner {
        Objects.requireNonNull(comm, "comm");
    }
}
