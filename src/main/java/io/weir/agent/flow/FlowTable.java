package io.weir.agent.flow;

import io.weir.agent.event.TcpEventView;
import io.weir.record.LossCounters;
import io.weir.record.Origin;
import java.util.function.Supplier;

/**
 * Every TCP connection of this node that was reported, and what of it is still to be told.
 *
 * <p>Owned by the flow thread, which alone calls it. {@link #update} allocates nothing once the
 * table has held as many flows as it holds; {@link #tick} makes the records. Reports may be late,
 * repeated, out of order or missing: as long as a connection's last one arrives, its records add up
 * to the kernel's counters.
 *
 * <p>A connection whose close is never reported (the kernel counted it as lost) stays, unmoved and
 * silent, until the socket poller ends it; the bound on flows holds meanwhile.
 */
public final class FlowTable {
    private static final long RETRY_NS = 10_000_000;
    private static final long LOSSES_AGE_NS = 100_000_000;

    private final long windowNs;
    private final int maxFlows;
    private final AgentIdentity identity;
    private final Supplier<LossCounters> kernelLosses;
    private final FlowOutlet outlet;

    private final FlowIndex index = new FlowIndex();
    private final FlowPool pool = new FlowPool();
    private final ListenerTable listeners = new ListenerTable();
    private final ClosedConnections departed;
    private final long[] reading = Counters.newReading();

    /** Moved in this window; due when it ends. */
    private final FlowList moved = new FlowList();

    /** Moved in a window that ended; due now. */
    private final FlowList due = new FlowList();

    /** Closed; due at once, since nothing more can happen to them. */
    private final FlowList closed = new FlowList();

    private boolean started;
    private long windowStartNs;
    private long wallOffsetNs;
    private long retryAtNs = Long.MIN_VALUE;
    private long lossesReadNs;
    private LossCounters losses = LossCounters.NONE;

    private long sequence;
    private long tableFull;
    private long closedTableFull;
    private long closedDropped;
    private long late;
    private long invalid;

    /**
     * @param windowNs length of a window, aligned to Unix time
     * @param maxFlows connections held at a time, those waiting for the outlet included
     * @param kernelLosses the kernel's part of the loss counters; read by the flow thread, at most
     *     ten times a second
     */
    public FlowTable(
            long windowNs,
            int maxFlows,
            AgentIdentity identity,
            Supplier<LossCounters> kernelLosses,
            FlowOutlet outlet) {
        if (windowNs <= 0 || maxFlows <= 0) {
            throw new IllegalArgumentException(
                    "must be positive: windowNs=" + windowNs + ", maxFlows=" + maxFlows);
        }
        this.windowNs = windowNs;
        this.maxFlows = maxFlows;
        this.identity = identity;
        this.kernelLosses = kernelLosses;
        this.outlet = outlet;
        this.departed = new ClosedConnections(maxFlows);
    }

    /** Takes in one report; it is not needed any more when this returns. */
    public void update(TcpEventView event) {
        if (!event.isKnownVersion()) {
            onInvalidEvent();
        } else if (event.isListen()) {
            listeners.update(event);
        } else {
            updateFlow(event);
        }
    }

    /** An event which was none: counted. */
    public void onInvalidEvent() {
        invalid++;
    }

    private void updateFlow(TcpEventView event) {
        long netns = event.netns();
        long cookie = event.cookie();
        long openNs = event.openNs();
        long hash = Keys.hash(netns, cookie, openNs);
        Counters.read(event, reading);
        Flow flow = index.find(hash, netns, cookie, openNs);
        if (flow == null) {
            admit(event, hash, netns, cookie, openNs);
        } else if (flow.closed) {
            late++;
            flow.startEarlier(reading);
        } else if (flow.update(event, reading)) {
            enqueue(flow);
        }
    }

    private void admit(TcpEventView event, long hash, long netns, long cookie, long openNs) {
        if (departed.contains(hash, netns, cookie, openNs)) {
            late++;
            return;
        }
        if (index.size() >= maxFlows && !makeRoom()) {
            tableFull++;
            closedTableFull += event.isClosed() ? 1 : 0;
            return;
        }
        Flow flow = pool.take();
        flow.start(event, reading, event.isServer() ? listeners.find(event) : null);
        index.add(hash, flow);
        enqueue(flow);
    }

    /** Lets closed flows out early; one that no sink takes is given up for a live one. */
    private boolean makeRoom() {
        offer(closed);
        if (index.size() >= maxFlows && closed.first() != null) {
            closedDropped++;
            sequence++;
            depart(closed.first());
        }
        return index.size() < maxFlows;
    }

    private void enqueue(Flow flow) {
        long eventWindowNs = startOfWindow(flow.timeNs + wallOffsetNs);
        if (flow.list == null) {
            flow.dueStartNs = Math.max(windowStartNs, eventWindowNs);
        }
        if (flow.closed) {
            flow.dueEndNs = Math.max(windowStartNs, eventWindowNs) + windowNs;
            closed.add(flow);
        } else if (flow.list == null) {
            moved.add(flow);
        }
    }

    /**
     * Lets time pass: ends the window when its time has come, and offers what is due. Call at least
     * ten times a second, from the flow thread, and once before the first event.
     *
     * @param nowNs CLOCK_MONOTONIC, as the events' times
     * @param wallOffsetNs what to add to it to get Unix time
     */
    public void tick(long nowNs, long wallOffsetNs) {
        this.wallOffsetNs = wallOffsetNs;
        long wallNs = nowNs + wallOffsetNs;
        long start = startOfWindow(wallNs);
        if (!started) {
            started = true;
            windowStartNs = start;
        } else if (start != windowStartNs) {
            endWindow();
            windowStartNs = start;
            retryAtNs = nowNs;
        }
        if (nowNs >= retryAtNs && hasDue()) {
            readLosses(nowNs);
            boolean taken = offer(closed) && offer(due);
            retryAtNs = taken ? nowNs : nowNs + RETRY_NS;
        }
    }

    /**
     * Ends the window before its time, to stop: offers everything there is to tell.
     *
     * @return flows whose record was refused; call again when the outlet has room
     */
    public int flush(long nowNs, long wallOffsetNs) {
        this.wallOffsetNs = wallOffsetNs;
        endWindow();
        if (hasDue()) {
            lossesReadNs = 0;
            readLosses(nowNs);
            boolean taken = offer(closed) && offer(due);
            retryAtNs = taken ? nowNs : nowNs + RETRY_NS;
        }
        return waiting();
    }

    /** An agent that was held up sees events of windows it has not begun. */
    private long startOfWindow(long wallNs) {
        return wallNs - Math.floorMod(wallNs, windowNs);
    }

    private void endWindow() {
        departed.onWindowEnd();
        for (Flow flow = moved.first(); flow != null; flow = moved.first()) {
            flow.dueEndNs = Math.max(windowStartNs, flow.dueStartNs) + windowNs;
            due.add(flow);
        }
    }

    private boolean hasDue() {
        return closed.first() != null || due.first() != null;
    }

    private void readLosses(long nowNs) {
        if (lossesReadNs == 0 || nowNs - lossesReadNs >= LOSSES_AGE_NS) {
            lossesReadNs = nowNs;
            losses = kernelLosses.get();
        }
        losses = losses.withAgent(tableFull, closedTableFull, closedDropped, late, invalid);
    }

    /** Returns false at the first record refused. */
    private boolean offer(FlowList list) {
        for (Flow flow = list.first(); flow != null; flow = list.first()) {
            if (!flow.closed) {
                flow.dueEndNs = Math.max(flow.dueEndNs, windowStartNs);
            }
            Origin origin = new Origin(identity.agentId(), identity.bootId(), sequence + 1, losses);
            if (!outlet.offer(RecordMaker.record(flow, wallOffsetNs, origin))) {
                return false;
            }
            sequence++;
            onTold(flow);
        }
        return true;
    }

    private void onTold(Flow flow) {
        flow.counters.tell();
        flow.told = true;
        if (flow.closed) {
            depart(flow);
        } else {
            flow.list.remove(flow);
        }
    }

    private void depart(Flow flow) {
        flow.list.remove(flow);
        index.remove(flow);
        departed.add(flow.netns, flow.cookie, flow.openNs);
        pool.give(flow);
    }

    /** Connections held, open or waiting for the outlet. */
    public int size() {
        return index.size();
    }

    /** Flows whose record is due and has not been taken. */
    public int waiting() {
        return closed.size() + due.size();
    }

    /** Records taken or given up so far: the last sequence number. */
    public long sequence() {
        return sequence;
    }

    /** What the agent itself could not tell so far; the kernel's part is as of the last record. */
    public LossCounters losses() {
        return losses.withAgent(tableFull, closedTableFull, closedDropped, late, invalid);
    }
}
