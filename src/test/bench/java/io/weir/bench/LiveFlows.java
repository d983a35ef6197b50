package io.weir.bench;

import io.weir.agent.event.TcpEventView;
import io.weir.agent.event.abi.TcpEventAbi;
import io.weir.agent.event.abi.tcp_event;
import io.weir.agent.flow.AgentIdentity;
import io.weir.agent.flow.FlowOutlet;
import io.weir.agent.flow.FlowTable;
import io.weir.record.LossCounters;
import io.weir.record.Witnesses;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/** Reports of live connections, in an order no cache foresees; each says that a little was sent. */
final class LiveFlows {
    static final long WINDOW_NS = 5_000_000_000L;

    private static final int SLOT_BYTES = 256;
    private static final int CLIENT = TcpEventAbi.WEIR_CLIENT();
    private static final int OPENED = TcpEventAbi.WEIR_OPENED();

    private final MemorySegment events;
    private final long[] order;
    private int next;
    private long bytesSent;

    LiveFlows(int flows, MemorySegment events) {
        this.events = events;
        this.order = new long[flows];
        for (int i = 0; i < flows; i++) {
            order[i] = (long) i * SLOT_BYTES;
            write(order[i], i + 1);
        }
        Random random = new Random(1);
        for (int i = flows - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
    }

    static long bytes(int flows) {
        return (long) flows * SLOT_BYTES;
    }

    static FlowTable table(FlowOutlet outlet) {
        FlowTable table =
                new FlowTable(
                        WINDOW_NS,
                        1 << 16,
                        new AgentIdentity("bench", "boot", Witnesses.EVENTS),
                        () -> LossCounters.NONE,
                        outlet);
        table.tick(0, 0);
        return table;
    }

    private void write(long at, int connection) {
        MemorySegment event = events.asSlice(at, TcpEventView.BYTES);
        tcp_event.version(event, (short) TcpEventAbi.WEIR_EVENT_VERSION());
        tcp_event.flags(event, (short) (OPENED | CLIENT));
        tcp_event.state(event, (byte) 1);
        tcp_event.netns(event, 0xf000_0000);
        tcp_event.cookie(event, connection);
        tcp_event.open_ns(event, 1_000_000L * connection);
        tcp_event.pid(event, connection);
        tcp_event.segs_out(event, connection);
    }

    MemorySegment events() {
        return events;
    }

    /** Offset of the next report. */
    long next() {
        if (next == order.length) {
            next = 0;
            bytesSent += 1_000;
        }
        long at = order[next++];
        events.set(ValueLayout.JAVA_LONG_UNALIGNED, at + tcp_event.bytes_sent$offset(), bytesSent);
        return at;
    }
}
