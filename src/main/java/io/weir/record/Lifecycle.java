package io.weir.record;

import java.util.Objects;

/**
 * Where the connection is in its life, and how it began and ended.
 *
 * @param state TCP state at the last report, {@code sock_common.skc_state}
 * @param opened this is the first record of a connection whose opening was seen; once per
 *     connection, a failed one included
 * @param closed this is the last record of the connection
 * @param adopted it existed before the agent: earlier traffic is in the totals only
 * @param failure why it never reached ESTABLISHED; null if it did, or may yet
 * @param closing how it ended; null while it is open and for failed ones
 * @param errno {@code sock.sk_err} at the end, for a failed one else {@code sk_err_soft}; 0 none
 * @param openedNs Unix time in ns of the SYN sent or received; 0 unknown (adopted)
 * @param connectUs SYN sent to ESTABLISHED in µs, clients only; 0 unknown
 * @param durationUs opening to last report in µs; 0 unknown (adopted)
 */
public record Lifecycle(
        TcpState state,
        boolean opened,
        boolean closed,
        boolean adopted,
        Failure failure,
        Closing closing,
        int errno,
        long openedNs,
        long connectUs,
        long durationUs) {
    /** @throws NullPointerException if the state is missing */
    public Lifecycle {
        Objects.requireNonNull(state, "state");
    }
}
