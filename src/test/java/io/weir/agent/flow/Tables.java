package io.weir.agent.flow;

import io.weir.agent.event.TcpEventView;
import io.weir.agent.event.TcpEventWriter;
import io.weir.agent.event.abi.TcpEventAbi;
import io.weir.net.IpAddress;
import io.weir.record.FlowRecord;
import io.weir.record.LossCounters;
import io.weir.record.TcpState;
import io.weir.record.Witnesses;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A flow table, its events and an outlet which keeps what it takes. */
final class Tables {
    static final int OPENED = TcpEventAbi.WEIR_OPENED();
    static final int CLOSED = TcpEventAbi.WEIR_CLOSED();
    static final int FAILED = TcpEventAbi.WEIR_FAILED();
    static final int CLIENT = TcpEventAbi.WEIR_CLIENT();
    static final int SERVER = TcpEventAbi.WEIR_SERVER();
    static final int ADOPTED = TcpEventAbi.WEIR_ADOPTED();
    static final int LISTEN = TcpEventAbi.WEIR_LISTEN();

    static final long SECOND_NS = 1_000_000_000L;
    static final long WINDOW_NS = 5 * SECOND_NS;

    /** Unix time − monotonic time. */
    static final long WALL_NS = 1_790_000_000L * SECOND_NS;

    final List<FlowRecord> taken = new ArrayList<>();
    final FlowTable table;
    Predicate<FlowRecord> takes = record -> true;
    LossCounters kernelLosses = LossCounters.NONE;
    long nowNs = SECOND_NS;

    private final TcpEventWriter event = new TcpEventWriter();
    private final TcpEventView view = new TcpEventView();

    Tables() {
        this(1_000);
    }

    Tables(int maxFlows) {
        this(maxFlows, Witnesses.EVENTS);
    }

    Tables(int maxFlows, Witnesses witnesses) {
        table =
                new FlowTable(
                        WINDOW_NS,
                        maxFlows,
                        new AgentIdentity("node-1", "boot-1", witnesses),
                        () -> kernelLosses,
                        this::offer);
        tick();
    }

    private boolean offer(FlowRecord record) {
        return takes.test(record) && taken.add(record);
    }

    /** An event of a connection which opened at its cookie, in µs, and is established. */
    TcpEventWriter event(long cookie, int flags) {
        return event.wrap(event.memory(), 0)
                .cookie(cookie)
                .netns(1)
                .openNs(cookie * 1_000)
                .timeNs(nowNs)
                .flags(flags)
                .state(TcpState.ESTABLISHED.number())
                .oldState(TcpState.ESTABLISHED.number())
                .localAddr(IpAddress.parse("10.0.0.1"))
                .localPort(40_000)
                .remoteAddr(IpAddress.parse("10.0.0.2"))
                .remotePort(80);
    }

    /** The last event of an established connection which ended in order, the other end first. */
    TcpEventWriter close(long cookie) {
        return event(cookie, CLOSED | TcpEventAbi.WEIR_REMOTE_FIRST())
                .state(TcpState.CLOSE.number())
                .oldState(TcpState.LAST_ACK.number())
                .states(TcpState.CLOSE_WAIT.bit() | TcpState.LAST_ACK.bit());
    }

    void update(TcpEventWriter written) {
        table.update(view.wrap(written.memory(), 0));
    }

    void updateBytes(byte[] event) {
        table.update(view.wrap(MemorySegment.ofArray(event), 0));
    }

    void tick() {
        table.tick(nowNs, WALL_NS);
    }

    /** Goes to the window's end. */
    void endWindow() {
        nowNs += WINDOW_NS;
        tick();
    }

    FlowRecord only() {
        if (taken.size() != 1) {
            throw new AssertionError("expected one record: " + taken);
        }
        return taken.getFirst();
    }
}
