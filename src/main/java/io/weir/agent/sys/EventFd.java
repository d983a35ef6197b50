package io.weir.agent.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Wakes a thread out of {@link Epoll#await}: {@code eventfd(2)}. Stays readable once signalled, so a
 * waiter that comes later is woken too. {@link #signal()} from any thread, {@link #close()} after
 * the last signal.
 */
public final class EventFd implements AutoCloseable {
    /** {@code EFD_CLOEXEC | EFD_NONBLOCK}; the same number on x86-64 and arm64. */
    static final int CLOEXEC_NONBLOCK = 0x80800;

    private final int fd;
    private boolean closed;

    private EventFd(int fd) {
        this.fd = fd;
    }

    public static EventFd create() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LibC.newCallState(arena);
            int fd = (int) LibC.EVENTFD.invokeExact(state, 0, CLOEXEC_NONBLOCK);
            return new EventFd((int) LibC.check(fd, state, "eventfd", ""));
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }

    public int fd() {
        return fd;
    }

    /** Makes the descriptor readable; does nothing once closed. */
    public synchronized void signal() {
        if (closed) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LibC.newCallState(arena);
            MemorySegment one = arena.allocateFrom(JAVA_LONG, 1L);
            long written = (long) LibC.WRITE.invokeExact(state, fd, one, JAVA_LONG.byteSize());
            LibC.check(written, state, "write", "eventfd " + fd);
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Descriptor.close(fd);
        }
    }
}
