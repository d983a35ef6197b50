package io.weir.agent.bpf.ring;

import io.weir.agent.sys.Machine;
import io.weir.agent.sys.MemoryMap;
import java.lang.foreign.Arena;

/**
 * Where a BPF ring buffer lies in our memory: {@code kernel/bpf/ringbuf.c}. The consumer's position
 * is ours to write; the producer's position and the data are read-only, and the data is mapped twice
 * in a row, so that a record never wraps.
 *
 * @param consumerPosition address of the bytes consumed since the ring was made
 * @param producerPosition address of the bytes produced since the ring was made
 * @param data address of the data's first mapping
 * @param size bytes of the data: a power of two
 */
record RingMapping(long consumerPosition, long producerPosition, long data, long size) {
    RingMapping {
        if (Long.bitCount(size) != 1 || size < Long.BYTES) {
            throw new IllegalArgumentException("ring size not a power of two: size=" + size);
        }
    }

    /** Maps the ring behind {@code mapFd}, which must be of {@code size} bytes, into the arena. */
    static RingMapping map(Arena arena, int mapFd, long size) {
        long page = Machine.pageSize();
        long consumer = MemoryMap.readWrite(arena, mapFd, 0, page).address();
        long producer = MemoryMap.readOnly(arena, mapFd, page, page + 2 * size).address();
        return new RingMapping(consumer, producer, producer + page, size);
    }
}
