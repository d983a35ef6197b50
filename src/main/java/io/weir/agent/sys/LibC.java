package io.weir.agent.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The C functions Weir calls, one handle each. Where the first parameter is a segment of layout
 * {@link #CALL_STATE}, errno is left in it.
 */
final class LibC {
    static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(PathElement.groupElement("errno"));

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");

    /** {@code size_t} and {@code long} of the 64-bit ABIs Weir runs on. */
    private static final ValueLayout.OfLong SIZE = JAVA_LONG;

    static final MethodHandle OPEN =
            withErrno("open", of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    static final MethodHandle CLOSE = withErrno("close", of(JAVA_INT, JAVA_INT));
    static final MethodHandle READ = withErrno("read", of(SIZE, JAVA_INT, ADDRESS, SIZE));
    static final MethodHandle WRITE = withErrno("write", of(SIZE, JAVA_INT, ADDRESS, SIZE));
    static final MethodHandle MMAP =
            withErrno("mmap", of(ADDRESS, ADDRESS, SIZE, JAVA_INT, JAVA_INT, JAVA_INT, SIZE));
    static final MethodHandle MUNMAP = withErrno("munmap", of(JAVA_INT, ADDRESS, SIZE));
    static final MethodHandle EVENTFD = withErrno("eventfd", of(JAVA_INT, JAVA_INT, JAVA_INT));
    static final MethodHandle EPOLL_CREATE1 = withErrno("epoll_create1", of(JAVA_INT, JAVA_INT));
    static final MethodHandle EPOLL_CTL =
            withErrno("epoll_ctl", of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    static final MethodHandle EPOLL_WAIT =
            withErrno("epoll_wait", of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    static final MethodHandle SOCKET =
            withErrno("socket", of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    static final MethodHandle SETSOCKOPT =
            withErrno("setsockopt", of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle SEND = withErrno("send", of(SIZE, JAVA_INT, ADDRESS, SIZE, JAVA_INT));
    static final MethodHandle RECV = withErrno("recv", of(SIZE, JAVA_INT, ADDRESS, SIZE, JAVA_INT));
    static final MethodHandle SETNS = withErrno("setns", of(JAVA_INT, JAVA_INT, JAVA_INT));
    static final MethodHandle CLOCK_GETTIME =
            withErrno("clock_gettime", of(JAVA_INT, JAVA_INT, ADDRESS));
    static final MethodHandle CLOCK_GETRES =
            withErrno("clock_getres", of(JAVA_INT, JAVA_INT, ADDRESS));
    static final MethodHandle SYSCONF = plain("sysconf", of(JAVA_LONG, JAVA_INT));
    static final MethodHandle GETEUID = plain("geteuid", of(JAVA_INT));
    static final MethodHandle VSNPRINTF =
            plain("vsnprintf", of(JAVA_INT, ADDRESS, SIZE, ADDRESS, ADDRESS));

    private LibC() {}

    static MemorySegment newCallState(Arena arena) {
        return arena.allocate(CALL_STATE);
    }

    static int errno(MemorySegment callState) {
        return (int) ERRNO.get(callState, 0L);
    }

    /** Passes a call's result on, or throws what errno says when it is negative. */
    static long check(long result, MemorySegment callState, String call, String arguments) {
        if (result < 0) {
            throw new SystemCallException(call, arguments, errno(callState));
        }
        return result;
    }

    /** A handle throws nothing of its own: what comes out of it is a fault of ours. */
    static AssertionError unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        return new AssertionError(thrown);
    }

    private static FunctionDescriptor of(MemoryLayout result, MemoryLayout... parameters) {
        return FunctionDescriptor.of(result, parameters);
    }

    private static MethodHandle plain(
            String name, FunctionDescriptor shape, Linker.Option... options) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().find(name).orElseThrow(), shape, options);
    }

    private static MethodHandle withErrno(String name, FunctionDescriptor shape) {
        return plain(name, shape, CAPTURE_ERRNO);
    }

    private static MethodHandle withErrno(
            String name, FunctionDescriptor shape, Linker.Option option) {
        return plain(name, shape, CAPTURE_ERRNO, option);
    }
}
