package io.weir.agent.sys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The network namespace a thread is in: {@code setns(2)}. For a platform thread that does nothing
 * else: a virtual thread would leave its carrier in the foreign namespace.
 */
public final class NetworkNamespaces {
    /** The calling thread's own, as long as it has not moved. */
    public static final Path OF_THIS_THREAD = Path.of("/proc/thread-self/ns/net");

    private static final int CLONE_NEWNET = 0x40000000;

    private NetworkNamespaces() {}

    /**
     * Moves the calling thread.
     *
     * @param namespace an open namespace file, such as {@code /proc/1/ns/net}
     * @throws SystemCallException EPERM without CAP_SYS_ADMIN, EINVAL if it is another kind of file
     * @throws IllegalStateException on a virtual thread
     */
    public static void enter(Descriptor namespace) {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("a virtual thread must not enter a namespace");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LibC.newCallState(arena);
            int result = (int) LibC.SETNS.invokeExact(state, namespace.fd(), CLONE_NEWNET);
            LibC.check(result, state, "setns", "fd " + namespace.fd() + ", CLONE_NEWNET");
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }

    /** The namespace an open namespace file stands for, by its inode. */
    public static long inode(Descriptor namespace) {
        return inode(Path.of("/proc/self/fd", Integer.toString(namespace.fd())));
    }

    /** The namespace the calling thread is in, by its inode. */
    public static long inodeOfThisThread() {
        return inode(OF_THIS_THREAD);
    }

    /** By what the link leads to: its text would be the mount's path of one bound to a name. */
    private static long inode(Path link) {
        try {
            return (Long) Files.getAttribute(link, "unix:ino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
