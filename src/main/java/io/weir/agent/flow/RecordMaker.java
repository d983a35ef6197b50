package io.weir.agent.flow;

import io.weir.agent.event.Comm;
import io.weir.net.IpAddress;
import io.weir.net.IpEndpoint;
import io.weir.record.Closing;
import io.weir.record.Connection;
import io.weir.record.FlowRecord;
import io.weir.record.Lifecycle;
import io.weir.record.Origin;
import io.weir.record.Owner;
import io.weir.record.Path;
import io.weir.record.Role;
import io.weir.record.TcpState;

/** Makes the record of a flow which is due. Allocates: once per record, not per event. */
final class RecordMaker {
    private RecordMaker() {}

    static FlowRecord record(Flow flow, long wallOffsetNs, Origin origin) {
        if (flow.openedWallNs == 0 && flow.openNs != 0) {
            flow.openedWallNs = flow.openNs + wallOffsetNs;
        }
        return new FlowRecord(
                flow.dueStartNs,
                flow.dueEndNs,
                connection(flow),
                lifecycle(flow),
                flow.counters.window(),
                flow.counters.total(),
                path(flow),
                owner(flow),
                origin);
    }

    private static Connection connection(Flow flow) {
        return new Connection(
                new IpEndpoint(new IpAddress(flow.localHigh, flow.localLow), flow.localPort),
                new IpEndpoint(new IpAddress(flow.remoteHigh, flow.remoteLow), flow.remotePort),
                flow.listen,
                flow.role,
                flow.netns,
                flow.cookie,
                flow.v4Mapped,
                flow.mptcp);
    }

    private static Lifecycle lifecycle(Flow flow) {
        return new Lifecycle(
                TcpState.of(flow.state),
                !flow.told && !flow.adopted,
                flow.closed,
                flow.adopted,
                flow.failure,
                flow.closeKind == null ? null : new Closing(flow.closedBy, flow.closeKind),
                flow.errno,
                flow.openedWallNs,
                flow.role == Role.CLIENT ? sinceOpenUs(flow, flow.establishedNs) : 0,
                sinceOpenUs(flow, flow.timeNs));
    }

    private static long sinceOpenUs(Flow flow, long timeNs) {
        return flow.openNs == 0 || timeNs == 0 ? 0 : Math.max(0, (timeNs - flow.openNs) / 1_000);
    }

    private static Path path(Flow flow) {
        return new Path(
                flow.srttUs,
                flow.rttVarUs,
                flow.minRttUs,
                flow.congestionWindow,
                flow.slowStartThreshold,
                flow.mss,
                flow.sendWindow,
                flow.receiveWindow,
                flow.inFlight,
                flow.unsentBytes,
                flow.unreadBytes,
                flow.deliveryRateBytesPerSecond,
                flow.congestionState);
    }

    private static Owner owner(Flow flow) {
        return new Owner(
                flow.pid, flow.uid, Comm.decode(flow.commFirst, flow.commSecond), flow.cgroupId);
    }
}
