package io.weir.agent.netlink;

import io.weir.agent.netlink.SocketHandler.Missed;
import io.weir.agent.proc.NamespaceFinder;
import io.weir.agent.proc.NamespaceList;
import io.weir.agent.proc.NetworkNamespace;
import io.weir.agent.proc.TcpUse;
import io.weir.agent.sys.Descriptor;
import io.weir.agent.sys.Errno;
import io.weir.agent.sys.KernelClock;
import io.weir.agent.sys.NetworkNamespaces;
import io.weir.agent.sys.SystemCallException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Goes through all namespaces, one after the other. Belongs to one platform thread, which is in its
 * own namespace whenever a method returns, and holds no other namespace open then.
 */
final class NamespaceSweep implements AutoCloseable {
    /** The kernel fills at most 32 KiB at a time: {@code net/netlink/af_netlink.c:netlink_dump}. */
    private static final long BUFFER_BYTES = 64 << 10;

    private final NamespaceFinder finder;
    private final DumpSettings settings;
    private final AnswerTap tap;
    private final BooleanSupplier stopped;
    private final Arena arena = Arena.ofConfined();
    private final PollCounters counters = new PollCounters();
    private final DiagDump dump;
    private final NamespaceDump dumper;
    private final Descriptor home;
    private final long homeInode;

    NamespaceSweep(
            NamespaceFinder finder, DumpSettings settings, AnswerTap tap, BooleanSupplier stopped) {
        this.finder = finder;
        this.settings = settings;
        this.tap = tap;
        this.stopped = stopped;
        dump = new DiagDump(arena.allocate(BUFFER_BYTES, Long.BYTES), stopped);
        dumper = new NamespaceDump(dump, settings, counters, arena);
        home = Descriptor.open(NetworkNamespaces.OF_THIS_THREAD);
        homeInode = NetworkNamespaces.inode(home);
    }

    /** Polls every namespace that is wanted, once; ends early if stopped. */
    void round(Predicate<NetworkNamespace> wanted, SocketHandler handler) {
        long startNs = KernelClock.monotonicNs();
        long socketsBefore = dump.sockets();
        NamespaceList found = finder.find();
        for (NetworkNamespace namespace : found.namespaces()) {
            if (stopped.getAsBoolean()) {
                return;
            }
            if (wanted.test(namespace)) {
                visit(namespace, handler);
            }
        }
        long endNs = KernelClock.monotonicNs();
        counters.onRound(
                found.namespaces().size(),
                found.hiddenProcesses(),
                dump.sockets() - socketsBefore,
                endNs - startNs);
        handler.onRoundDone(found, startNs, endNs);
    }

    private void visit(NetworkNamespace namespace, SocketHandler handler) {
        if (namespace.inode() == homeInode) {
            dumper.run(namespace, this::channel, tap, handler);
            return;
        }
        Way way = open(namespace);
        try (Descriptor door = way.door()) {
            if (door == null) {
                counters.onMissed(way.missed(), way.reason());
                handler.onNamespaceMissed(namespace, way.missed(), way.reason());
            } else {
                dumper.run(namespace, () -> channelBehind(door), tap, handler);
            }
        }
    }

    /**
     * @param door the open namespace; null if none of its ways leads there
     * @param reason why not
     */
    private record Way(Descriptor door, Missed missed, String reason) {}

    /** Tries the ways into a namespace: a process may have ended, and its id been given away. */
    private static Way open(NetworkNamespace namespace) {
        Way dead = new Way(null, Missed.VANISHED, "it has ended");
        for (Path path : namespace.ways()) {
            Descriptor door;
            try {
                door = Descriptor.open(path);
            } catch (SystemCallException e) {
                dead = e.errno() == Errno.EACCES ? notPermitted(e) : dead;
                continue;
            }
            if (NetworkNamespaces.inode(door) == namespace.inode()) {
                return new Way(door, null, "");
            }
            door.close();
        }
        return dead;
    }

    private static Way notPermitted(SystemCallException e) {
        return new Way(null, Missed.NOT_PERMITTED, e.getMessage());
    }

    private DiagChannel channel() {
        return DiagChannel.open(settings.receiveTimeout());
    }

    /** A socket of the namespace, where there is something to ask for; else null. */
    private DiagChannel channelBehind(Descriptor door) {
        NetworkNamespaces.enter(door);
        DiagChannel channel = null;
        try {
            if (!settings.wantsUnhashed() && TcpUse.ofThisThread().isNone()) {
                return null;
            }
            channel = channel();
        } finally {
            goHome(channel);
        }
        return channel;
    }

    private void goHome(DiagChannel channel) {
        try {
            NetworkNamespaces.enter(home);
        } catch (SystemCallException e) {
            if (channel != null) {
                channel.close();
            }
            throw new NamespaceLostException(e);
        }
    }

    PollStats stats() {
        return counters.snapshot(dump);
    }

    @Override
    public void close() {
        home.close();
        arena.close();
    }
}
