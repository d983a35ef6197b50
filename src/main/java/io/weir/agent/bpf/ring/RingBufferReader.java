package io.weir.agent.bpf.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Takes the kernel's events out of the ring it writes them to; {@code kernel/bpf/ringbuf.c}.
 *
 * <p>One thread drains; any thread may close, which waits for a drain to end. Records are handed out
 * in place, and their room goes back to the kernel every {@value #BATCH_RECORDS} records, so that a
 * full ring makes room before it is empty.
 */
public final class RingBufferReader implements AutoCloseable {
    private static final int BATCH_RECORDS = 256;

    private static final int HEADER_BYTES = 8;
    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;

    /**
     * All of memory, addressed from 0: a constant to the JIT, which then needs neither a bounds nor
     * a liveness check per access. Measured twice as fast as a field with the mapping's own segment;
     * it is why every length is checked here, and why drain and close exclude each other.
     */
    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** The same, for handlers. */
    private static final MemorySegment RECORDS = MEMORY.asReadOnly();

    private static final VarHandle LENGTH = JAVA_INT.varHandle();
    private static final VarHandle POSITION = JAVA_LONG.varHandle();

    private final Arena arena;
    private final int mapFd;
    private final long consumerPosition;
    private final long producerPosition;
    private final long data;
    private final long size;
    private long corruptions;
    private boolean draining;
    private boolean closed;

    /** Reads a ring that lies in {@code mapping}, whose memory is {@code arena}'s. */
    RingBufferReader(Arena arena, int mapFd, RingMapping mapping) {
        this.arena = arena;
        this.mapFd = mapFd;
        this.consumerPosition = mapping.consumerPosition();
        this.producerPosition = mapping.producerPosition();
        this.data = mapping.data();
        this.size = mapping.size();
    }

    /**
     * Maps a ring buffer map.
     *
     * @param mapFd the map; stays the caller's, and must outlive the reader's {@link RingPoller}
     * @param size its {@code max_entries}, in bytes
     * @throws io.weir.agent.sys.SystemCallException if it cannot be mapped
     */
    public static RingBufferReader open(int mapFd, long size) {
        Arena arena = Arena.ofShared();
        try {
            return new RingBufferReader(arena, mapFd, RingMapping.map(arena, mapFd, size));
        } catch (RuntimeException refused) {
            arena.close();
            throw refused;
        }
    }

    /** The map that is read: what to wait on. */
    public int mapFd() {
        return mapFd;
    }

    /**
     * Hands out every record that is complete, up to one ring full. Stops at a record a program is
     * still writing: later ones wait behind it.
     *
     * @return records handed out; discarded ones are not counted
     * @throws RingCorruptedException if the ring makes no sense
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized int drain(RecordHandler handler) {
        if (closed || draining) {
            throw new IllegalStateException(
                    closed ? "ring buffer reader is closed" : "a handler may not drain");
        }
        draining = true;
        try {
            return drainUpToOneRing(handler);
        } finally {
            draining = false;
        }
    }

    /** Bytes the kernel has written and nobody has read yet, headers included. */
    public synchronized long backlogBytes() {
        if (closed) {
            return 0;
        }
        return (long) POSITION.getAcquire(MEMORY, producerPosition)
                - (long) POSITION.get(MEMORY, consumerPosition);
    }

    /** How often the ring made no sense and was skipped. */
    public synchronized long corruptions() {
        return corruptions;
    }

    @Override
    public synchronized void close() {
        if (draining) {
            throw new IllegalStateException("a handler may not close the reader it is called by");
        }
        if (!closed) {
            closed = true;
            arena.close();
        }
    }

    private int drainUpToOneRing(RecordHandler handler) {
        long start = (long) POSITION.get(MEMORY, consumerPosition);
        long position = start;
        int records = 0;
        while (position - start < size) {
            int batch = drainBatch(handler, position, checkedEnd(position));
            long reached = (long) POSITION.get(MEMORY, consumerPosition);
            if (reached == position) {
                break;
            }
            records += batch;
            position = reached;
        }
        return records;
    }

    /**
     * Up to {@value #BATCH_RECORDS} records; whatever happens, the room of those read is freed.
     *
     * <p>Where the next record lies is taken from the last one's length as long as the header repeats:
     * the processor then need not wait for this header to look at the next, which halves the time of
     * a walk over records of one size.
     */
    private int drainBatch(RecordHandler handler, long from, long end) {
        long base = data;
        long mask = size - 1;
        long position = from;
        int records = 0;
        int sameWord = BUSY;
        long step = 0;
        RingCorruptedException corrupt = null;
        try {
            while (position < end && records < BATCH_RECORDS) {
                long header = base + (position & mask);
                int word = (int) LENGTH.getAcquire(MEMORY, header);
                if (word != sameWord) {
                    if ((word & BUSY) != 0) {
                        break;
                    }
                    step = (HEADER_BYTES + (long) (word & ~DISCARDED) + 7) & -8L;
                    sameWord = word;
                }
                if (step > end - position) {
                    corrupt = corrupted(word & ~DISCARDED, end - position);
                    position = end;
                    break;
                }
                position += step;
                if ((word & DISCARDED) == 0) {
                    records++;
                    handler.onRecord(RECORDS, header + HEADER_BYTES, word);
                }
            }
            if (records > 0) {
                handler.onBatchEnd();
            }
        } finally {
            release(position);
        }
        if (corrupt != null) {
            throw corrupt;
        }
        return records;
    }

    /** Where the complete and incomplete records end, at most one ring full behind position. */
    private long checkedEnd(long position) {
        long end = (long) POSITION.getAcquire(MEMORY, producerPosition);
        long backlog = end - position;
        if (backlog < 0 || backlog > size || (position & 7) != 0) {
            release(end);
            throw corrupted("consumed=" + position + ", produced=" + end + ", size=" + size);
        }
        return end;
    }

    /**
     * Gives room back. The fence orders it before the next look at the producer: a program that
     * still saw the old position wakes nobody, so its record must be seen here.
     */
    private void release(long position) {
        POSITION.setRelease(MEMORY, consumerPosition, position);
        VarHandle.fullFence();
    }

    private RingCorruptedException corrupted(int length, long available) {
        return corrupted("length=" + length + ", available=" + available);
    }

    private RingCorruptedException corrupted(String what) {
        corruptions++;
        return new RingCorruptedException(what);
    }
}
