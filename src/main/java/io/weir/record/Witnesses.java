package io.weir.record;

/** What tells an agent of connections, and so what its records can miss. */
public enum Witnesses {
    /** Kernel events alone: every connection opened since; older ones from when they move. */
    EVENTS,
    /** Events, and {@code inet_diag} dumps of every network namespace: every connection. */
    EVENTS_AND_DIAG,
    /** Dumps alone, where the kernel refuses hooks: connections between two dumps are missing. */
    DIAG
}
