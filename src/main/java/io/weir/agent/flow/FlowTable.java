package io.weir.agent.flow;

import io.weir.agent.check.WitnessReport;
import io.weir.agent.event.TcpEventView;
import io.weir.net.IpEndpoint;
import io.weir.record.LossCounters;
import io.weir.record.Origin;
import io.weir.record.TcpState;
import io.weir.record.Witnesses;
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

    /** A dump may take a while: what it saw open may have closed long before it is taken in. */
    private static final long REMEMBERED_NS = 30_000_000_000L;

    private final long windowNs;
    private final int maxFlows;
    private final AgentIdentity identity;
    private final Supplier<LossCounters> kernelLosses;
    private final FlowOutlet outlet;

    private final FlowIndex index = new FlowIndex();
    private final FlowPool pool = new FlowPool();
    private final ListenerTable listeners = new ListenerTable();
    private final ClosedConnections departed;
    private final Reconciler reconciler;
    private final boolean diag;
    private final long[] reading = Counters.newReading();

    /** Moved in this window; due when it ends. */
    private final FlowList moved = new FlowList();

    /** Moved in a window that ended; due now. */
    private final FlowList due = new FlowList();

    /** Closed; due at once, since nothing more can happen to them. */
    private final FlowList closed = new FlowList();

    private boolean started;
    private long windowStartNs;
    private long forgottenNs;
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
        this.reconciler = new Reconciler(identity.witnesses());
        this.diag = identity.witnesses() != Witnesses.EVENTS;
    }

    /** Takes in one report; it is not needed any more when this returns. */
    public void update(TcpEventView event) {
        if (!event.isKnownVersion()) {
            onInvalidEvent();
        } else if (event.isListen()) {
            listeners.update(event);
        } else if (event.isSampled()) {
            updateFromDump(event);
        } else {
            updateFlow(event);
        }
    }

    /** The samples that follow were read after this moment. */
    public void onDump(long startNs) {
        reconciler.onDump(startNs);
    }

    /**
     * A namespace was dumped; its samples came before.
     *
     * @param startNs before the dump was asked for, CLOCK_MONOTONIC
     * @param endNs after its last message was read
     * @param complete whether it holds every socket there was
     */
    public void onNamespaceDumped(long netns, long startNs, long endNs, boolean complete) {
        reconciler.onNamespace(netns, startNs, endNs, complete);
    }

    /** Every namespace was dumped: ends the flows whose sockets are gone. */
    public void onRoundDumped() {
        reconciler.onRound(
                index,
                flow -> {
                    flow.vanish();
                    enqueue(flow);
                });
    }

    /** What each of the two witnesses saw, as of the last round. Any thread. */
    public WitnessReport witnesses() {
        return reconciler.report();
    }

    /** An event which was none: counted. */
    public void onInvalidEvent() {
        invalid++;
    }

    private void updateFlow(TcpEventView event) {
        long netns = event.netns();
        long cookie = event.cookie();
        long openNs = event.openNs();
        long hash = Keys.hash(netns, cookie);
        Counters.read(event, reading);
        Flow flow = index.find(hash, netns, cookie, openNs);
        if (flow == null && diag) {
            flow = knownFromDumps(hash, netns, cookie);
        }
        if (flow == null) {
            if (departed.contains(hash, netns, cookie, openNs)) {
                late++;
            } else {
                admit(event, hash, event.isAdopted());
            }
        } else if (flow.closed) {
            late++;
            flow.startEarlier(reading);
        } else {
            if (diag) {
                reconcile(flow, event);
            }
            if (flow.update(event, reading)) {
                enqueue(flow);
            }
        }
    }

    private void reconcile(Flow flow, TcpEventView event) {
        if (!flow.notes.byEvents) {
            flow.meetEvent(event, reading);
        }
        reconciler.onEvent(flow, event.timeNs(), reading);
    }

    /** A connection whose opening no dump can tell. */
    private Flow knownFromDumps(long hash, long netns, long cookie) {
        Flow flow = index.findOpen(hash, netns, cookie);
        return flow != null && flow.openNs == 0 && !flow.notes.byEvents ? flow : null;
    }

    /**
     * Every event older than the dump has been taken in before: what they did not tell of is older
     * than the hooks, was lost, or has no hook.
     */
    private void updateFromDump(TcpEventView sample) {
        long netns = sample.netns();
        long cookie = sample.cookie();
        long hash = Keys.hash(netns, cookie);
        Counters.read(sample, reading);
        Flow flow = index.findOpen(hash, netns, cookie);
        if (flow != null) {
            reconciler.onSample(flow, sample.timeNs(), reading);
            if (flow.sample(sample, reading)) {
                enqueue(flow);
            }
        } else if (!isOpening(sample)
                && !index.hasSocket(hash, netns, cookie)
                && !departed.containsSocket(hash, netns, cookie)) {
            admit(sample, hash, reconciler.isHistory(netns));
        }
    }

    /** In its handshake: with hooks, an event will tell. */
    private boolean isOpening(TcpEventView sample) {
        return identity.witnesses() != Witnesses.DIAG
                && (sample.state() == TcpState.SYN_SENT.number()
                        || sample.state() == TcpState.SYN_RECV.number());
    }

    private void admit(TcpEventView event, long hash, boolean adopted) {
        if (index.size() >= maxFlows && !makeRoom()) {
            tableFull++;
            closedTableFull += event.isClosed() ? 1 : 0;
            return;
        }
        Flow flow = pool.take();
        IpEndpoint listener =
                event.isServer() || event.isSampled() || adopted ? listeners.find(event) : null;
        flow.start(event, reading, listener, adopted);
        if (adopted) {
            reconciler.onAdopted();
        }
        index.add(hash, flow);
        if (event.isSampled()) {
            reconciler.onSample(flow, event.timeNs(), reading);
        } else if (diag) {
            reconciler.onEvent(flow, event.timeNs(), reading);
        }
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
        if (!diag || windowStartNs - forgottenNs >= REMEMBERED_NS) {
            forgottenNs = windowStartNs;
            departed.onWindowEnd();
        }
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
            Origin origin =
                    new Origin(
                            identity.agentId(),
                            identity.bootId(),
                            identity.witnesses(),
                            sequence + 1,
                            losses);
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
        reconciler.onDeparted(flow);
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
