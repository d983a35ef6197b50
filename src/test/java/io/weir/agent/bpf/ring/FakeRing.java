package io.weir.agent.bpf.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A ring in plain memory that a test writes as the kernel would, or as it never should. */
final class FakeRing {
    static final int BUSY = 1 << 31;
    static final int DISCARDED = 1 << 30;

    private final Arena arena = Arena.ofShared();
    private final long size;
    private final MemorySegment consumer = arena.allocate(JAVA_LONG);
    private final MemorySegment producer = arena.allocate(JAVA_LONG);
    private final MemorySegment data;

    FakeRing(long size) {
        this.size = size;
        this.data = arena.allocate(2 * size, 8);
    }

    /** Closing the reader frees the ring. */
    RingBufferReader reader() {
        return new RingBufferReader(
                arena,
                -1,
                new RingMapping(consumer.address(), producer.address(), data.address(), size));
    }

    FakeRing record(long value) {
        return record(8, 0, value);
    }

    FakeRing record(int length, int flags, long value) {
        header(length | flags);
        put(produced() + 8, value);
        return producedAt(produced() + ((8L + length + 7) & -8L));
    }

    /** Writes a header where the next record goes, without moving the producer. */
    FakeRing header(int word) {
        long offset = produced() & (size - 1);
        data.set(JAVA_INT, offset, word);
        data.set(JAVA_INT, (offset + size) & (2 * size - 1), word);
        return this;
    }

    FakeRing consumedAt(long position) {
        consumer.set(JAVA_LONG, 0, position);
        return this;
    }

    FakeRing producedAt(long position) {
        producer.set(JAVA_LONG, 0, position);
        return this;
    }

    long consumed() {
        return consumer.get(JAVA_LONG, 0);
    }

    long produced() {
        return producer.get(JAVA_LONG, 0);
    }

    private void put(long position, long value) {
        long offset = position & (size - 1);
        data.set(JAVA_LONG, offset, value);
        data.set(JAVA_LONG, (offset + size) & (2 * size - 1), value);
    }
}
