package io.weir.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.weir.agent.sys.NativeLibraries;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** libbpf's ring consumer with a C callback, {@code src/test/bench/c/ring_consumer.c}. */
final class CConsumer implements AutoCloseable {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = load();
    private static final MethodHandle OPEN =
            handle("weir_bench_open", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle DRAIN =
            handle("weir_bench_drain", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle CLOSE =
            handle("weir_bench_close", FunctionDescriptor.ofVoid(ADDRESS));

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment tally = arena.allocate(JAVA_LONG, 2);
    private final MemorySegment ring;

    CConsumer(int ringFd) {
        try {
            ring = (MemorySegment) OPEN.invokeExact(ringFd, tally);
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }

    int drain() {
        try {
            return (int) DRAIN.invokeExact(ring);
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }

    /** First words of all records so far, added up. */
    long sum() {
        return tally.getAtIndex(JAVA_LONG, 1);
    }

    @Override
    public void close() {
        try {
            CLOSE.invokeExact(ring);
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
        arena.close();
    }

    private static MethodHandle handle(String name, FunctionDescriptor shape) {
        return LINKER.downcallHandle(LIBRARY.find(name).orElseThrow(), shape);
    }

    private static SymbolLookup load() {
        NativeLibraries.libbpf();
        Path library = Path.of("target", "bench", "libring_consumer.so").toAbsolutePath();
        return SymbolLookup.libraryLookup(library, Arena.global());
    }
}
