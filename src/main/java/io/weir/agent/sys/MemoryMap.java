package io.weir.agent.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory shared with the kernel: {@code mmap(2)} of a descriptor, such as a BPF map's. */
public final class MemoryMap {
    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int MAP_SHARED = 1;
    static final long MAP_FAILED = -1;

    private MemoryMap() {}

    /** Pages the kernel writes and we only read. Unmapped when {@code arena} closes. */
    public static MemorySegment readOnly(Arena arena, int fd, long offset, long length) {
        return map(arena, fd, offset, length, PROT_READ).asReadOnly();
    }

    /** Pages both sides write. Unmapped when {@code arena} closes. */
    public static MemorySegment readWrite(Arena arena, int fd, long offset, long length) {
        return map(arena, fd, offset, length, PROT_READ | PROT_WRITE);
    }

    private static MemorySegment map(Arena arena, int fd, long offset, long length, int access) {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment state = LibC.newCallState(local);
            MemorySegment pages =
                    (MemorySegment)
                            LibC.MMAP.invokeExact(
                                    state,
                                    MemorySegment.NULL,
                                    length,
                                    access,
                                    MAP_SHARED,
                                    fd,
                                    offset);
            if (pages.address() == MAP_FAILED) {
                throw new SystemCallException(
                        "mmap",
                        "fd " + fd + ", offset " + offset + ", length " + length,
                        LibC.errno(state));
            }
            return pages.reinterpret(length, arena, MemoryMap::unmap);
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }

    private static void unmap(MemorySegment pages) {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment state = LibC.newCallState(local);
            int result = (int) LibC.MUNMAP.invokeExact(state, pages, pages.byteSize());
            LibC.check(result, state, "munmap", "length " + pages.byteSize());
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }
}
