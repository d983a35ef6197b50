package io.weir.agent.flow;

import io.weir.agent.event.TcpEventView;
import io.weir.record.Traffic;
import java.util.Arrays;

/**
 * The cumulative counters of one connection: what the kernel says, and what of it has been told.
 *
 * <p>Reports come late, twice and out of order, so counters only rise, and never below what was
 * told. The kernel's 32-bit counters are widened as they wrap. Flow thread; reused.
 */
final class Counters {
    private static final int BYTES_SENT = 0;
    private static final int BYTES_RECEIVED = 1;
    private static final int BYTES_RETRANSMITTED = 2;
    private static final int BYTES_ACKED = 3;
    private static final int FIRST_NARROW = 4;
    private static final int SEGMENTS_SENT = 4;
    private static final int SEGMENTS_RECEIVED = 5;
    private static final int DATA_SEGMENTS_SENT = 6;
    private static final int DATA_SEGMENTS_RECEIVED = 7;
    private static final int SEGMENTS_RETRANSMITTED = 8;
    private static final int SEGMENTS_DELIVERED = 9;
    private static final int SEGMENTS_DELIVERED_CE = 10;
    private static final int SEGMENTS_LOST = 11;
    private static final int SEGMENTS_OUT_OF_ORDER = 12;
    private static final int REORDERINGS = 13;
    private static final int COUNT = 14;

    private final long[] total = new long[COUNT];
    private final long[] told = new long[COUNT];

    /** A place to read an event's counters to; one per table. */
    static long[] newReading() {
        return new long[COUNT];
    }

    static void read(TcpEventView event, long[] reading) {
        reading[BYTES_SENT] = event.payloadSent();
        reading[BYTES_RECEIVED] = event.payloadReceived();
        reading[BYTES_RETRANSMITTED] = event.bytesRetransmitted();
        reading[BYTES_ACKED] = event.bytesAcked();
        reading[SEGMENTS_SENT] = event.segmentsSent();
        reading[SEGMENTS_RECEIVED] = event.segmentsReceived();
        reading[DATA_SEGMENTS_SENT] = event.dataSegmentsSent();
        reading[DATA_SEGMENTS_RECEIVED] = event.dataSegmentsReceived();
        reading[SEGMENTS_RETRANSMITTED] = event.segmentsRetransmitted();
        reading[SEGMENTS_DELIVERED] = event.segmentsDelivered();
        reading[SEGMENTS_DELIVERED_CE] = event.segmentsDeliveredCe();
        reading[SEGMENTS_LOST] = event.segmentsLost();
        reading[SEGMENTS_OUT_OF_ORDER] = event.segmentsOutOfOrder();
        reading[REORDERINGS] = event.reorderings();
    }

    /** The first report of a connection; with history nobody told, that counts as told. */
    void start(long[] reading, boolean historyIsTold) {
        for (int i = 0; i < COUNT; i++) {
            total[i] = i < FIRST_NARROW ? reading[i] : Integer.toUnsignedLong((int) reading[i]);
        }
        if (historyIsTold) {
            System.arraycopy(total, 0, told, 0, COUNT);
        } else {
            Arrays.fill(told, 0);
        }
    }

    /** A later report; returns whether a counter rose. */
    boolean raise(long[] reading) {
        boolean rose = false;
        for (int i = 0; i < COUNT; i++) {
            long value = widened(reading, i);
            if (value > total[i]) {
                total[i] = value;
                rose = true;
            }
        }
        return rose;
    }

    /**
     * The last report, which alone was read while nobody else could touch the socket: it is right
     * where an earlier one, read in the middle of a change, said too much.
     */
    void settle(long[] reading) {
        for (int i = 0; i < COUNT; i++) {
            total[i] = Math.max(widened(reading, i), told[i]);
        }
    }

    /** A report older than the first, before anything was told: the untold began there. */
    void startEarlier(long[] reading) {
        for (int i = 0; i < COUNT; i++) {
            told[i] = Math.min(told[i], widened(reading, i));
        }
    }

    /**
     * The first event of a connection known from samples, which lack the cumulative count of segments
     * lost: what it says is history.
     */
    void startLost(long[] reading, boolean historyIsTold) {
        total[SEGMENTS_LOST] = Integer.toUnsignedLong((int) reading[SEGMENTS_LOST]);
        told[SEGMENTS_LOST] = historyIsTold ? total[SEGMENTS_LOST] : 0;
    }

    long bytesSent() {
        return total[BYTES_SENT];
    }

    long bytesReceived() {
        return total[BYTES_RECEIVED];
    }

    static long bytesSent(long[] reading) {
        return reading[BYTES_SENT];
    }

    static long bytesReceived(long[] reading) {
        return reading[BYTES_RECEIVED];
    }

    static long bytesRetransmitted(long[] reading) {
        return reading[BYTES_RETRANSMITTED];
    }

    private long widened(long[] reading, int i) {
        return i < FIRST_NARROW ? reading[i] : total[i] + ((int) reading[i] - (int) total[i]);
    }

    /** Nothing has left the agent, and nothing of it is history. */
    void untell() {
        Arrays.fill(told, 0);
    }

    /** What {@link #window} gave has left the agent. */
    void tell() {
        System.arraycopy(total, 0, told, 0, COUNT);
    }

    Traffic window() {
        return new Traffic(
                untold(BYTES_SENT),
                untold(BYTES_RECEIVED),
                untold(BYTES_RETRANSMITTED),
                untold(BYTES_ACKED),
                untold(SEGMENTS_SENT),
                untold(SEGMENTS_RECEIVED),
                untold(DATA_SEGMENTS_SENT),
                untold(DATA_SEGMENTS_RECEIVED),
                untold(SEGMENTS_RETRANSMITTED),
                untold(SEGMENTS_DELIVERED),
                untold(SEGMENTS_DELIVERED_CE),
                untold(SEGMENTS_LOST),
                untold(SEGMENTS_OUT_OF_ORDER),
                untold(REORDERINGS));
    }

    Traffic total() {
        return new Traffic(
                total[BYTES_SENT],
                total[BYTES_RECEIVED],
                total[BYTES_RETRANSMITTED],
                total[BYTES_ACKED],
                total[SEGMENTS_SENT],
                total[SEGMENTS_RECEIVED],
                total[DATA_SEGMENTS_SENT],
                total[DATA_SEGMENTS_RECEIVED],
                total[SEGMENTS_RETRANSMITTED],
                total[SEGMENTS_DELIVERED],
                total[SEGMENTS_DELIVERED_CE],
                total[SEGMENTS_LOST],
                total[SEGMENTS_OUT_OF_ORDER],
                total[REORDERINGS]);
    }

    private long untold(int i) {
        return total[i] - told[i];
    }
}
