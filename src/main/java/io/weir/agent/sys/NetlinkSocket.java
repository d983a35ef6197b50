package io.weir.agent.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * A conversation with the kernel: {@code netlink(7)}. Belongs to the network namespace its thread was
 * in when it was opened, and keeps that namespace alive until it is closed. One thread.
 */
public final class NetlinkSocket implements AutoCloseable {
    /** Sockets of every kind, by attribute: {@code sock_diag(7)}. */
    public static final int SOCK_DIAG = 4;

    private static final int AF_NETLINK = 16;

    /** {@code SOCK_RAW | SOCK_CLOEXEC}; the same number on x86-64 and arm64. */
    private static final int RAW_CLOEXEC = 0x80003;

    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int MSG_TRUNC = 0x20;
    private static final long US_PER_SECOND = 1_000_000;

    private final Arena arena;
    private final MemorySegment callState;
    private final int fd;

    private NetlinkSocket(Arena arena, MemorySegment callState, int fd) {
        this.arena = arena;
        this.callState = callState;
        this.fd = fd;
    }

    /** Opens a socket in the namespace the calling thread is in. */
    public static NetlinkSocket open(int protocol) {
        Arena arena = Arena.ofConfined();
        try {
            MemorySegment state = LibC.newCallState(arena);
            int fd = (int) LibC.SOCKET.invokeExact(state, AF_NETLINK, RAW_CLOEXEC, protocol);
            LibC.check(fd, state, "socket", "AF_NETLINK, protocol " + protocol);
            return new NetlinkSocket(arena, state, fd);
        } catch (Throwable thrown) {
            arena.close();
            throw LibC.unexpected(thrown);
        }
    }

    /** Lets {@link #receive} wait no longer than this, and then return {@code -EAGAIN}. */
    public NetlinkSocket receiveTimeout(Duration timeout) {
        long us = timeout.toNanos() / 1000;
        try (Arena local = Arena.ofConfined()) {
            MemorySegment timeval =
                    local.allocateFrom(JAVA_LONG, us / US_PER_SECOND, us % US_PER_SECOND);
            int length = (int) timeval.byteSize();
            int result =
                    (int)
                            LibC.SETSOCKOPT.invokeExact(
                                    callState, fd, SOL_SOCKET, SO_RCVTIMEO, timeval, length);
            LibC.check(result, callState, "setsockopt", "SO_RCVTIMEO " + us + " us");
            return this;
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }

    /**
     * Sends a request to the kernel.
     *
     * @return 0, or {@code -errno}
     */
    public int send(MemorySegment request) {
        try {
            long sent = (long) LibC.SEND.invokeExact(callState, fd, request, request.byteSize(), 0);
            return sent < 0 ? -LibC.errno(callState) : 0;
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }

    /**
     * Receives what the kernel has ready, whole messages one behind the other; may wait.
     *
     * @return length, which is longer than {@code buffer} if it did not fit and the rest is lost;
     *     or {@code -errno}
     */
    public int receive(MemorySegment buffer) {
        try {
            long length =
                    (long)
                            LibC.RECV.invokeExact(
                                    callState, fd, buffer, buffer.byteSize(), MSG_TRUNC);
            return length < 0 ? -LibC.errno(callState) : (int) length;
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
            Descriptor.close(fd);
        }
    }
}
