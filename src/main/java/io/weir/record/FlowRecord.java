package io.weir.record;

import java.util.Objects;

/**
 * What one connection did in one window, as seen from one of its ends.
 *
 * <p>Deltas are in {@link #window}, lifetime counters in {@link #total}: over all records of a
 * connection which was seen from its opening, the windows add up to the last total. A window is
 * longer than the configured one if a sink was full and the record could not leave in time.
 *
 * @param windowStartNs Unix time in ns, aligned to the window's length
 * @param windowEndNs Unix time in ns, exclusive
 * @param window counters moved since the last record of this connection
 * @param total the socket's own cumulative counters
 */
public record FlowRecord(
        long windowStartNs,
        long windowEndNs,
        Connection connection,
        Lifecycle lifecycle,
        Traffic window,
        Traffic total,
        Path path,
        Owner owner,
        Origin origin) {
    /** @throws NullPointerException naming the part which is missing */
    public FlowRecord {
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(lifecycle, "lifecycle");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(origin, "origin");
    }
}
