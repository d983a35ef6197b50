package io.weir.agent.netlink;

import io.weir.agent.netlink.DumpSettings.Families;
import io.weir.agent.netlink.SocketHandler.Missed;
import io.weir.agent.proc.NetworkNamespace;
import io.weir.agent.sys.Errno;
import io.weir.agent.sys.KernelClock;
import io.weir.agent.sys.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Dumps one namespace, again if need be. One thread. */
final class NamespaceDump {
    private final DiagDump dump;
    private final DumpSettings settings;
    private final Arena arena;
    private final PollCounters counters;
    private List<MemorySegment> requests;
    private boolean fellBack;
    private int sequence;
    private int errno;
    private String refusal = "";

    /** @param arena for requests, as long as this object is used */
    NamespaceDump(DiagDump dump, DumpSettings settings, PollCounters counters, Arena arena) {
        this.dump = dump;
        this.settings = settings;
        this.counters = counters;
        this.arena = arena;
        this.requests = DiagRequest.of(settings, arena);
    }

    /** Gives a socket of the namespace, a fresh one for each attempt. */
    @FunctionalInterface
    interface Opener {
        /** A socket of the namespace; null if it has nothing to tell. */
        DiagChannel open();
    }

    /** Tells {@code handler} the sockets and how it went. */
    void run(NetworkNamespace namespace, Opener opener, AnswerTap tap, SocketHandler handler) {
        long startNs = KernelClock.monotonicNs();
        handler.onNamespaceStart(namespace, startNs);
        DumpEnd end = attempt(namespace, opener, tap, handler);
        for (int left = settings.restarts(); left > 0 && isWorthAnother(end); left--) {
            counters.onRestart();
            startNs = KernelClock.monotonicNs();
            handler.onNamespaceRestart(namespace, startNs);
            end = attempt(namespace, opener, tap, handler);
        }
        if (end == DumpEnd.REFUSED) {
            tellRefusal(namespace, handler);
        }
        boolean complete = end == DumpEnd.COMPLETE;
        if (!complete) {
            counters.onIncomplete();
        }
        handler.onNamespaceDone(namespace, startNs, KernelClock.monotonicNs(), complete);
    }

    private void tellRefusal(NetworkNamespace namespace, SocketHandler handler) {
        Missed missed = errno == Errno.EPERM ? Missed.NOT_PERMITTED : Missed.REFUSED;
        counters.onMissed(missed, refusal);
        handler.onNamespaceMissed(namespace, missed, refusal);
    }

    private DumpEnd attempt(
            NetworkNamespace namespace, Opener opener, AnswerTap tap, SocketHandler handler) {
        DumpEnd end = onFreshSocket(namespace, opener, tap, handler);
        counters.onEnd(end);
        return end;
    }

    private DumpEnd onFreshSocket(
            NetworkNamespace namespace, Opener opener, AnswerTap tap, SocketHandler handler) {
        DiagChannel opened;
        try {
            opened = opener.open();
        } catch (SystemCallException e) {
            errno = e.errno();
            refusal = e.getMessage();
            return DumpEnd.REFUSED;
        }
        if (opened == null) {
            return DumpEnd.COMPLETE;
        }
        try (DiagChannel channel = opened) {
            DumpEnd end = dump(channel, namespace.inode(), tap, handler);
            if (end == DumpEnd.REFUSED && fallBack()) {
                end = dump(channel, namespace.inode(), tap, handler);
            }
            return end;
        }
    }

    private DumpEnd dump(DiagChannel channel, long netns, AnswerTap tap, SocketHandler handler) {
        DiagDump.Sockets sockets = (socket, timeNs) -> handler.onSocket(netns, socket, timeNs);
        for (MemorySegment request : requests) {
            DumpEnd end = dump.run(channel, request, ++sequence, tap, sockets);
            if (end != DumpEnd.COMPLETE) {
                errno = dump.errno();
                refusal = PollCounters.refusal(errno);
                return end;
            }
        }
        return DumpEnd.COMPLETE;
    }

    /** Takes two passes from now on, where the kernel does not know how to do it in one. */
    private boolean fallBack() {
        boolean unknown =
                errno == Errno.EOPNOTSUPP || errno == Errno.ENOENT || errno == Errno.EINVAL;
        if (fellBack || !unknown || settings.families() != Families.BOTH) {
            return false;
        }
        fellBack = true;
        requests = DiagRequest.of(settings.with(Families.EACH), arena);
        return true;
    }

    private static boolean isWorthAnother(DumpEnd end) {
        return switch (end) {
            case CHANGED, OVERRUN, TIMED_OUT, MALFORMED -> true;
            case COMPLETE, REFUSED, STOPPED -> false;
        };
    }
}
