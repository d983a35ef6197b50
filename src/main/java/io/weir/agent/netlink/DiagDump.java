package io.weir.agent.netlink;

import io.weir.agent.sys.Errno;
import io.weir.agent.sys.KernelClock;
import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;

/** One request and all of its answers. One thread; allocates nothing per socket. */
final class DiagDump {
    private final MemorySegment buffer;
    private final BooleanSupplier stopped;
    private final MessageWalker walker = new MessageWalker();
    private final SocketView view = new SocketView();
    private int errno;
    private long sockets;
    private long bytes;
    private long interruptions;

    /**
     * @param buffer for answers; the kernel fills at most 32 KiB at a time
     * @param stopped asked between answers
     */
    DiagDump(MemorySegment buffer, BooleanSupplier stopped) {
        this.buffer = buffer;
        this.stopped = stopped;
    }

    /** Takes the sockets of one dump; a view is valid until the method returns. */
    @FunctionalInterface
    interface Sockets {
        void onSocket(SocketView socket, long receiveTimeNs);
    }

    /** Asks, and hands over what is answered until the kernel says that this was all. */
    DumpEnd run(
            DiagChannel channel, MemorySegment request, int sequence, AnswerTap tap, Sockets to) {
        DiagRequest.number(request, sequence);
        int refused = channel.send(request);
        if (refused < 0) {
            return refused(-refused);
        }
        boolean changed = false;
        while (!stopped.getAsBoolean()) {
            int length = channel.receive(buffer);
            if (length == -Errno.EINTR) {
                interruptions++;
                continue;
            }
            DumpEnd end = length < 0 ? failed(-length) : read(length, sequence, tap, to);
            changed |= length > 0 && walker.isInterrupted();
            if (end != null) {
                return end == DumpEnd.COMPLETE && changed ? DumpEnd.CHANGED : end;
            }
        }
        return DumpEnd.STOPPED;
    }

    private DumpEnd failed(int error) {
        return switch (error) {
            case Errno.EAGAIN -> DumpEnd.TIMED_OUT;
            case Errno.ENOBUFS -> DumpEnd.OVERRUN;
            default -> refused(error);
        };
    }

    private DumpEnd refused(int error) {
        errno = error;
        return DumpEnd.REFUSED;
    }

    /** Reads one answer, of many messages; null if more are to come. */
    private DumpEnd read(int length, int sequence, AnswerTap tap, Sockets to) {
        long nowNs = KernelClock.monotonicNs();
        if (length > buffer.byteSize()) {
            walker.wrap(buffer, 0, 0);
            return DumpEnd.OVERRUN;
        }
        bytes += length;
        tap.onAnswer(buffer, length, nowNs);
        walker.wrap(buffer, 0, length);
        try {
            return walk(sequence, nowNs, to);
        } catch (MalformedNetlinkException e) {
            return DumpEnd.MALFORMED;
        }
    }

    private DumpEnd walk(int sequence, long nowNs, Sockets to) {
        for (MessageWalker.Kind kind = walker.next();
                kind != MessageWalker.Kind.END;
                kind = walker.next()) {
            if (walker.sequence() != Integer.toUnsignedLong(sequence)) {
                continue;
            }
            switch (kind) {
                case SOCKET -> {
                    sockets++;
                    to.onSocket(view.wrap(buffer, walker.offset(), walker.length()), nowNs);
                }
                case DONE, ERROR -> {
                    if (walker.errno() != 0) {
                        return refused(walker.errno());
                    }
                    if (kind == MessageWalker.Kind.DONE) {
                        return DumpEnd.COMPLETE;
                    }
                }
                case OVERRUN -> {
                    return DumpEnd.OVERRUN;
                }
                default -> {}
            }
        }
        return null;
    }

    /** Why the last dump was refused. */
    int errno() {
        return errno;
    }

    /** Sockets so far, those of dumps that were begun again included. */
    long sockets() {
        return sockets;
    }

    /** Bytes received so far. */
    long bytes() {
        return bytes;
    }

    /** Waits that a signal ended. */
    long interruptions() {
        return interruptions;
    }
}
