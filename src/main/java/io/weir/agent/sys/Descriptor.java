package io.weir.agent.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * An open file of the kernel's, such as the root cgroup a program attaches to or an iterator that is
 * read. One thread; closing twice is harmless.
 */
public final class Descriptor implements AutoCloseable {
    /** {@code O_RDONLY | O_CLOEXEC}; the same number on x86-64 and arm64. */
    static final int READ_ONLY_CLOEXEC = 0x80000;

    private final int fd;
    private boolean closed;

    private Descriptor(int fd) {
        this.fd = fd;
    }

    /** Opens a file or directory for reading, not inherited by child processes. */
    public static Descriptor open(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LibC.newCallState(arena);
            MemorySegment name = arena.allocateFrom(path.toString());
            int fd = (int) LibC.OPEN.invokeExact(state, name, READ_ONLY_CLOEXEC);
            return new Descriptor((int) LibC.check(fd, state, "open", path.toString()));
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }

    /** Takes over a descriptor that another call returned: it is closed with this object. */
    public static Descriptor owning(int fd) {
        return new Descriptor(fd);
    }

    /** The number to hand to other calls; valid until {@link #close()}. */
    public int fd() {
        return fd;
    }

    /**
     * Reads what is there, at most the buffer's size; may wait.
     *
     * @return bytes read, 0 at the end
     */
    public int read(MemorySegment buffer) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LibC.newCallState(arena);
            long length = (long) LibC.READ.invokeExact(state, fd, buffer, buffer.byteSize());
            return (int) LibC.check(length, state, "read", "fd " + fd);
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            close(fd);
        }
    }

    /** Closes a bare descriptor; errors are of no use to anybody here and are dropped. */
    static void close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) LibC.CLOSE.invokeExact(LibC.newCallState(arena), fd);
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }
}
