package io.weir.agent.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * Waits until one of several descriptors can be read: {@code epoll(7)}, level-triggered. One thread
 * waits; another may close once the wait is over.
 */
public final class Epoll implements AutoCloseable {
    /** {@code struct epoll_event}: packed on x86-64 and on no other architecture. */
    static final StructLayout EVENT =
            switch (System.getProperty("os.arch")) {
                case "amd64", "x86_64" ->
                        MemoryLayout.structLayout(
                                JAVA_INT_UNALIGNED.withName("events"),
                                JAVA_LONG_UNALIGNED.withName("data"));
                default ->
                        MemoryLayout.structLayout(
                                JAVA_INT.withName("events"),
                                MemoryLayout.paddingLayout(4),
                                JAVA_LONG.withName("data"));
            };

    private static final long EVENTS = EVENT.byteOffset(PathElement.groupElement("events"));
    private static final long DATA = EVENT.byteOffset(PathElement.groupElement("data"));

    static final int EPOLL_CLOEXEC = 0x80000;
    static final int EPOLL_CTL_ADD = 1;
    static final int EPOLLIN = 1;
    private static final int MAX_EVENTS = 16;

    private final Arena arena;
    private final MemorySegment callState;
    private final MemorySegment ready;
    private final int fd;

    private Epoll(Arena arena, MemorySegment callState, int fd) {
        this.arena = arena;
        this.callState = callState;
        this.ready = arena.allocate(EVENT, MAX_EVENTS);
        this.fd = fd;
    }

    public static Epoll create() {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment state = LibC.newCallState(arena);
            int fd = (int) LibC.EPOLL_CREATE1.invokeExact(state, EPOLL_CLOEXEC);
            LibC.check(fd, state, "epoll_create1", "");
            return new Epoll(arena, state, fd);
        } catch (Throwable thrown) {
            arena.close();
            throw LibC.unexpected(thrown);
        }
    }

    /** Watches a descriptor for readability. */
    public void add(int watched) {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment event = local.allocate(EVENT);
            event.set(JAVA_INT_UNALIGNED, EVENTS, EPOLLIN);
            event.set(JAVA_LONG_UNALIGNED, DATA, watched);
            int result =
                    (int) LibC.EPOLL_CTL.invokeExact(callState, fd, EPOLL_CTL_ADD, watched, event);
            LibC.check(result, callState, "epoll_ctl", "add fd " + watched);
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }

    /**
     * Waits for at most {@code timeoutMs}; allocates nothing. A signal ends the wait early.
     *
     * @return how many descriptors are ready, 0 after the timeout
     */
    public int await(int timeoutMs) {
        try {
            int count =
                    (int) LibC.EPOLL_WAIT.invokeExact(callState, fd, ready, MAX_EVENTS, timeoutMs);
            if (count >= 0) {
                return count;
            }
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
        int errno = LibC.errno(callState);
        if (errno == Errno.EINTR) {
            return 0;
        }
        throw new SystemCallException("epoll_wait", "timeout " + timeoutMs + " ms", errno);
    }

    @Override
    public void close() {
        Descriptor.close(fd);
        arena.close();
    }
}
