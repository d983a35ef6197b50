package io.weir.agent.netlink;

import io.weir.agent.sys.Errno;
import java.util.EnumMap;
import java.util.Map;

/** Counts what polling meets. Written by the polling thread alone. */
final class PollCounters {
    private final Map<DumpEnd, Long> ends = new EnumMap<>(DumpEnd.class);
    private long rounds;
    private int lastNamespaces;
    private long lastSockets;
    private long lastRoundNs;
    private int lastHidden;
    private long restarts;
    private long incomplete;
    private long vanished;
    private long notPermitted;
    private long refused;
    private String lastRefusal = "";

    void onEnd(DumpEnd end) {
        ends.merge(end, 1L, Long::sum);
    }

    void onRestart() {
        restarts++;
    }

    void onIncomplete() {
        incomplete++;
    }

    void onMissed(SocketHandler.Missed missed, String reason) {
        switch (missed) {
            case VANISHED -> vanished++;
            case NOT_PERMITTED -> notPermitted++;
            case REFUSED -> {
                refused++;
                lastRefusal = reason;
            }
        }
    }

    void onRound(int namespaces, int hiddenProcesses, long sockets, long ns) {
        rounds++;
        lastNamespaces = namespaces;
        lastHidden = hiddenProcesses;
        lastSockets = sockets;
        lastRoundNs = ns;
    }

    PollStats snapshot(DiagDump dump) {
        return new PollStats(
                rounds,
                lastNamespaces,
                lastSockets,
                lastRoundNs,
                lastHidden,
                dump.sockets(),
                dump.bytes(),
                restarts,
                incomplete,
                of(DumpEnd.CHANGED),
                of(DumpEnd.OVERRUN),
                of(DumpEnd.TIMED_OUT),
                of(DumpEnd.MALFORMED),
                dump.interruptions(),
                vanished,
                notPermitted,
                refused,
                lastRefusal);
    }

    private long of(DumpEnd end) {
        return ends.getOrDefault(end, 0L);
    }

    /** An error of the kernel's in words. */
    static String refusal(int errno) {
        return errno == Errno.ENOENT
                ? "ENOENT: this kernel cannot dump TCP sockets: it has no module "
                        + DiagModules.missing()
                        + " (CONFIG_INET_DIAG, CONFIG_INET_TCP_DIAG), or may not load it: try"
                        + " modprobe -a inet_diag tcp_diag"
                : "NETLINK_SOCK_DIAG: " + Errno.name(errno);
    }
}
