package io.weir.agent.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.weir.agent.bpf.libbpf.Libbpf;
import io.weir.agent.bpf.libbpf.bpf_test_run_opts;
import io.weir.agent.sys.Machine;
import io.weir.agent.sys.MemoryMap;
import io.weir.testkit.CCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real kernel ring and a real BPF program that writes numbered records to it on request. */
public final class RingFiller implements AutoCloseable {
    /** The verifier's bound in {@code ring_fill.bpf.c}. */
    public static final int MAX_RUN = 1024;

    private static final Path NUMBERS = Path.of("src", "test", "bpf", "ring_fill.bpf.c");
    private static final Path EVENTS = Path.of("src", "test", "bpf", "event_fill.bpf.c");

    private static final MemoryLayout RUN =
            MemoryLayout.structLayout(
                    JAVA_LONG.withName("next"),
                    JAVA_LONG.withName("full"),
                    JAVA_INT.withName("count"),
                    JAVA_INT.withName("length"),
                    JAVA_INT.withName("discard_every"),
                    JAVA_INT.withName("flags"));

    private static final long NEXT = offset("next");
    private static final long FULL = offset("full");
    private static final long COUNT = offset("count");
    private static final long LENGTH = offset("length");
    private static final long DISCARD_EVERY = offset("discard_every");
    private static final long FLAGS = offset("flags");

    private final Arena arena = Arena.ofShared();
    private final MemorySegment object;
    private final MemorySegment options;
    private final MemorySegment run;
    private final int programFd;
    private final int ringFd;
    private final long ringSize;

    public RingFiller(long ringSize) {
        this(ringSize, NUMBERS);
    }

    /** Fills with the events of live connections instead, 10,000 unless told otherwise. */
    public static RingFiller ofEvents(long ringSize) {
        return new RingFiller(ringSize, EVENTS).connections(10_000);
    }

    /** How many connections take turns. */
    public RingFiller connections(int count) {
        return set(LENGTH, count);
    }

    private RingFiller(long ringSize, Path source) {
        this.ringSize = ringSize;
        object = open(CCompiler.bpf(source));
        MemorySegment ring = map("ring");
        check(Libbpf.bpf_map__set_max_entries(ring, Math.toIntExact(ringSize)), "max_entries");
        check(Libbpf.bpf_object__load(object), "load");
        ringFd = Libbpf.bpf_map__fd(ring);
        MemorySegment fill =
                Libbpf.bpf_object__find_program_by_name(object, arena.allocateFrom("fill"));
        programFd = Libbpf.bpf_program__fd(fill);
        run = MemoryMap.readWrite(arena, Libbpf.bpf_map__fd(map(".bss")), 0, Machine.pageSize());
        options = bpf_test_run_opts.allocate(arena);
        bpf_test_run_opts.sz(options, bpf_test_run_opts.sizeof());
        bpf_test_run_opts.data_in(options, arena.allocate(64));
        bpf_test_run_opts.data_size_in(options, 64);
    }

    public int ringFd() {
        return ringFd;
    }

    public long ringSize() {
        return ringSize;
    }

    public RingFiller length(int bytes) {
        return set(LENGTH, bytes);
    }

    /** Every n-th number is reserved and discarded; 0 for none. */
    public RingFiller discardEvery(int n) {
        return set(DISCARD_EVERY, n);
    }

    /** {@code BPF_RB_NO_WAKEUP} (1) or {@code BPF_RB_FORCE_WAKEUP} (2). */
    public RingFiller flags(int flags) {
        return set(FLAGS, flags);
    }

    /** Writes the next {@code count} records, as far as they fit. */
    public void fill(int count) {
        set(COUNT, Math.min(count, MAX_RUN));
        runTimes(count / Math.min(count, MAX_RUN));
        if (count > MAX_RUN && count % MAX_RUN != 0) {
            fill(count % MAX_RUN);
        }
    }

    /** Numbers given out so far, discarded and refused ones included. */
    public long next() {
        return run.get(JAVA_LONG, NEXT);
    }

    /** Records the ring had no room for. */
    public long full() {
        return run.get(JAVA_LONG, FULL);
    }

    @Override
    public void close() {
        Libbpf.bpf_object__close(object);
        arena.close();
    }

    private static MemorySegment open(Path elf) {
        try (Arena image = Arena.ofConfined()) {
            byte[] bytes = Files.readAllBytes(elf);
            MemorySegment copy = image.allocate(bytes.length, Long.BYTES);
            copy.copyFrom(MemorySegment.ofArray(bytes));
            return LibbpfPointers.openMem(copy, MemorySegment.NULL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void runTimes(int times) {
        bpf_test_run_opts.repeat(options, times);
        check(Libbpf.bpf_prog_test_run_opts(programFd, options), "test run");
    }

    private MemorySegment map(String name) {
        return Libbpf.bpf_object__find_map_by_name(object, arena.allocateFrom(name));
    }

    private RingFiller set(long field, int value) {
        run.set(JAVA_INT, field, value);
        return this;
    }

    private static long offset(String field) {
        return RUN.byteOffset(PathElement.groupElement(field));
    }

    private static void check(int result, String what) {
        if (result < 0) {
            throw new AssertionError(
                    "%s: errno %d (BPF needs root or CAP_BPF)".formatted(what, -result));
        }
    }
}
