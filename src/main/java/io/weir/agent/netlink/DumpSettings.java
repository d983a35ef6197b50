package io.weir.agent.netlink;

import java.time.Duration;

/**
 * What is asked of each namespace, and how patiently.
 *
 * @param families which sockets
 * @param states mask of {@code 1 << number} of the TCP states wanted; SYN_RECV brings the requests of
 *     listeners, too
 * @param extensions mask of {@code 1 << (attribute - 1)} of what to tell of each socket, {@code
 *     INET_DIAG_MEMINFO} (1) to {@code INET_DIAG_SHUTDOWN} (8)
 * @param restarts how often a namespace is dumped again after the kernel lost or changed something
 * @param receiveTimeout how long one answer may take
 */
public record DumpSettings(
        Families families, int states, int extensions, int restarts, Duration receiveTimeout) {
    /** Every state there is and will be. */
    public static final int ALL_STATES = -1;

    /** Every attribute that can be asked for; the kernel adds some unasked. */
    public static final int ALL_EXTENSIONS = 0xff;

    /** {@code TCP_CLOSE} and {@code TCP_BOUND_INACTIVE}. */
    private static final int UNHASHED = (1 << 7) | (1 << 13);

    private static final int RESTARTS = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Which address families are dumped, and in how many passes. */
    public enum Families {
        /** Both in one pass over the kernel's tables, with the message of before 3.3. */
        BOTH,
        /** Both, one after the other, as {@code ss} does. */
        EACH,
        /** IPv4 sockets. */
        V4,
        /** IPv6 sockets, of which some have IPv4 peers. */
        V6
    }

    /** With the usual patience. */
    public static DumpSettings of(Families families, int states, int extensions) {
        return new DumpSettings(families, states, extensions, RESTARTS, TIMEOUT);
    }

    /**
     * Whether sockets are wanted that are in none of the kernel's tables, so that it does not count
     * them as in use either: unbound and bound, but neither listening nor connected.
     */
    boolean wantsUnhashed() {
        return (states & UNHASHED) != 0;
    }

    /** The same but for the families. */
    DumpSettings with(Families other) {
        return new DumpSettings(other, states, extensions, restarts, receiveTimeout);
    }
}
