package io.weir.agent.netlink;

/**
 * What polling has done and met so far; the {@code last} ones are of the last whole round.
 *
 * @param rounds times all namespaces were polled
 * @param lastNamespaces namespaces found
 * @param lastSockets sockets told
 * @param lastRoundNs how long the round took
 * @param lastHiddenProcesses processes whose namespace may not be read
 * @param sockets sockets told
 * @param bytes received from the kernel
 * @param restarts dumps that were begun again, for whatever reason
 * @param incomplete namespaces whose dump stayed incomplete
 * @param changed dumps during which the kernel's table changed: {@code NLM_F_DUMP_INTR}
 * @param overruns dumps that lost answers: ENOBUFS
 * @param timeouts dumps that waited in vain
 * @param malformed dumps that ended in bytes that are no message
 * @param interruptions waits that a signal ended: EINTR
 * @param vanished namespaces that ended before they could be entered
 * @param notPermitted namespaces that may not be entered
 * @param refused dumps, or calls before them, that the kernel refused
 * @param lastRefusal the last of them; empty if there was none
 */
public record PollStats(
        long rounds,
        int lastNamespaces,
        long lastSockets,
        long lastRoundNs,
        int lastHiddenProcesses,
        long sockets,
        long bytes,
        long restarts,
        long incomplete,
        long changed,
        long overruns,
        long timeouts,
        long malformed,
        long interruptions,
        long vanished,
        long notPermitted,
        long refused,
        String lastRefusal) {
    /** Before the first round. */
    public static final PollStats NONE =
            new PollStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "");
}
