package io.weir.agent.flow;

import io.weir.agent.event.TcpEventView;
import io.weir.net.IpEndpoint;
import io.weir.record.CloseKind;
import io.weir.record.ClosedBy;
import io.weir.record.Failure;
import io.weir.record.Role;
import io.weir.record.TcpState;

/**
 * One connection as far as it was reported. A mutable, reused holder: {@link FlowTable} decides, and
 * {@link RecordMaker} makes records of it. Flow thread.
 */
final class Flow {
    final Counters counters = new Counters();
    final WitnessNotes notes = new WitnessNotes();

    /** Neighbours in the {@link FlowList} it is in, if any. */
    Flow previous;

    Flow next;
    FlowList list;

    long netns;
    long cookie;
    long openNs;

    /** Unix time of the opening, fixed when first told, whatever the wall clock does later. */
    long openedWallNs;

    /** Start and end of the windows whose record is due. */
    long dueStartNs;

    long dueEndNs;

    boolean told;
    boolean adopted;
    boolean closed;
    boolean v4Mapped;
    boolean mptcp;
    Role role;
    Failure failure;
    ClosedBy closedBy;
    CloseKind closeKind;
    int errno;

    long localHigh;
    long localLow;
    long remoteHigh;
    long remoteLow;
    int localPort;
    int remotePort;
    IpEndpoint listen;

    long timeNs;
    long establishedNs;
    int state;

    long pid;
    long uid;
    long commFirst;
    long commSecond;
    long cgroupId;

    long srttUs;
    long rttVarUs;
    long minRttUs;
    long congestionWindow;
    long slowStartThreshold;
    long mss;
    long sendWindow;
    long receiveWindow;
    long inFlight;
    long unsentBytes;
    long unreadBytes;
    long deliveryRateBytesPerSecond;
    int congestionState;

    boolean isOf(long netns, long cookie, long openNs) {
        return this.cookie == cookie && this.openNs == openNs && this.netns == netns;
    }

    /**
     * Becomes the connection of its first report.
     *
     * @param adopted it is older than the agent: its counters hold history
     */
    void start(TcpEventView event, long[] reading, IpEndpoint listen, boolean adopted) {
        netns = event.netns();
        cookie = event.cookie();
        openNs = event.openNs();
        openedWallNs = 0;
        told = false;
        this.adopted = adopted;
        closed = false;
        v4Mapped = event.isV4Mapped();
        mptcp = event.isMptcp();
        role = listen != null ? Role.SERVER : roleIn(event);
        failure = null;
        closedBy = null;
        closeKind = null;
        errno = 0;
        localHigh = event.localAddressHigh();
        localLow = event.localAddressLow();
        remoteHigh = event.remoteAddressHigh();
        remoteLow = event.remoteAddressLow();
        localPort = event.localPort();
        remotePort = event.remotePort();
        this.listen = listen;
        establishedNs = 0;
        pid = 0;
        uid = -1;
        commFirst = 0;
        commSecond = 0;
        cgroupId = 0;
        counters.start(reading, adopted);
        notes.clear();
        notes.historyBytes =
                adopted ? Counters.bytesSent(reading) + Counters.bytesReceived(reading) : 0;
        timeNs = event.timeNs();
        readPath(event);
        learnOwner(event);
        if (event.isSampled()) {
            uid = event.uid();
        }
        if (event.isClosed()) {
            close(event);
        }
    }

    private static Role roleIn(TcpEventView event) {
        return event.isClient() ? Role.CLIENT : event.isServer() ? Role.SERVER : Role.UNKNOWN;
    }

    /** The first event of a connection that only dumps told of so far: it knows more of the start. */
    void meetEvent(TcpEventView event, long[] reading) {
        openNs = event.openNs();
        if (adopted && !event.isAdopted() && !told) {
            adopted = false;
            notes.historyBytes = 0;
            counters.untell();
        }
        counters.startLost(reading, adopted);
        if (role == Role.UNKNOWN) {
            role = roleIn(event);
        }
        mptcp |= event.isMptcp();
    }

    /** A dump's view of the socket, read under its lock; returns whether it says anything new. */
    boolean sample(TcpEventView sample, long[] reading) {
        boolean rose = counters.raise(reading);
        if (sample.cgroupId() != 0 && cgroupId == 0) {
            cgroupId = sample.cgroupId();
        }
        if (pid == 0) {
            uid = sample.uid();
        }
        if (sample.timeNs() < timeNs) {
            startEarlier(reading);
            return rose;
        }
        boolean changed = state != sample.state();
        timeNs = sample.timeNs();
        long window = receiveWindow;
        readPath(sample);
        receiveWindow = sample.receiveWindow() == 0 ? window : receiveWindow;
        return changed || rose;
    }

    /** The socket is gone, and nothing told how it ended. */
    void vanish() {
        closed = true;
        state = TcpState.CLOSE.number();
        closedBy = ClosedBy.UNKNOWN;
        closeKind = CloseKind.UNSEEN;
    }

    /** A later report; returns whether it says anything new. */
    boolean update(TcpEventView event, long[] reading) {
        if (event.isClosed()) {
            counters.settle(reading);
            timeNs = event.timeNs();
            readPath(event);
            learnOwner(event);
            close(event);
            return true;
        }
        boolean rose = counters.raise(reading);
        boolean changed = learnOwner(event) || rose;
        if (event.timeNs() >= timeNs) {
            changed |= state != event.state();
            timeNs = event.timeNs();
            readPath(event);
        } else {
            startEarlier(reading);
        }
        return changed;
    }

    /** A report of an adopted connection which is older than the first: history ended there. */
    void startEarlier(long[] reading) {
        if (adopted && !told) {
            counters.startEarlier(reading);
            notes.historyBytes =
                    Math.min(
                            notes.historyBytes,
                            Counters.bytesSent(reading) + Counters.bytesReceived(reading));
        }
    }

    private void close(TcpEventView event) {
        closed = true;
        if (event.isFailed()) {
            failure = Endings.failure(event);
            errno = event.errno();
        } else {
            closedBy = Endings.closedBy(event);
            closeKind = Endings.closeKind(event);
            errno = event.hardErrno();
        }
    }

    private boolean learnOwner(TcpEventView event) {
        if (event.cgroupId() != 0) {
            cgroupId = event.cgroupId();
        }
        long seen = event.pid();
        if (seen == 0) {
            return false;
        }
        boolean changed = pid != seen;
        pid = seen;
        uid = event.uid();
        commFirst = event.commFirst();
        commSecond = event.commSecond();
        return changed;
    }

    private void readPath(TcpEventView event) {
        state = event.state();
        establishedNs = Math.max(establishedNs, event.establishedNs());
        srttUs = event.srttUs();
        rttVarUs = event.rttVarUs();
        minRttUs = event.minRttUs();
        congestionWindow = event.congestionWindow();
        slowStartThreshold = event.slowStartThreshold();
        mss = event.mss();
        sendWindow = event.sendWindow();
        receiveWindow = event.receiveWindow();
        inFlight = event.inFlight();
        unsentBytes = event.unsentBytes();
        unreadBytes = event.unreadBytes();
        deliveryRateBytesPerSecond = event.deliveryRateBytesPerSecond();
        congestionState = event.congestionState();
    }
}
