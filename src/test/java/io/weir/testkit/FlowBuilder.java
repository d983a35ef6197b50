package io.weir.testkit;

import io.weir.net.IpAddress;
import io.weir.net.IpEndpoint;
import io.weir.record.CloseKind;
import io.weir.record.ClosedBy;
import io.weir.record.Closing;
import io.weir.record.Connection;
import io.weir.record.Failure;
import io.weir.record.FlowRecord;
import io.weir.record.Lifecycle;
import io.weir.record.LossCounters;
import io.weir.record.Origin;
import io.weir.record.Owner;
import io.weir.record.Path;
import io.weir.record.Role;
import io.weir.record.TcpState;
import io.weir.record.Traffic;
import io.weir.record.Witnesses;
import java.time.Instant;

/** Flow records by what a test is about: an idle connection of curl's unless said otherwise. */
public final class FlowBuilder {
    private Instant start = Instant.parse("2026-03-04T10:11:12Z");
    private long windowMs = 1_000;
    private IpEndpoint local = endpoint("10.0.0.7", 51_234);
    private IpEndpoint remote = endpoint("10.0.0.200", 443);
    private Role role = Role.CLIENT;
    private long cookie = 1;
    private TcpState state = TcpState.ESTABLISHED;
    private boolean opened;
    private boolean closed;
    private Failure failure;
    private Closing closing;
    private int errno;
    private long connectUs;
    private long durationUs;
    private long sent;
    private long received;
    private long sentTotal;
    private long receivedTotal;
    private long retransmitted;
    private long srttUs;
    private Owner owner = new Owner(4711, 0, "curl", 1);
    private LossCounters losses = LossCounters.NONE;

    public static FlowBuilder flow() {
        return new FlowBuilder();
    }

    public static IpEndpoint endpoint(String address, int port) {
        return new IpEndpoint(IpAddress.parse(address), port);
    }

    public FlowBuilder at(String instant) {
        start = Instant.parse(instant);
        return this;
    }

    public FlowBuilder windowMs(long ms) {
        windowMs = ms;
        return this;
    }

    public FlowBuilder cookie(long cookie) {
        this.cookie = cookie;
        return this;
    }

    public FlowBuilder client(String localAddress, int localPort, String address, int port) {
        return between(Role.CLIENT, localAddress, localPort, address, port);
    }

    public FlowBuilder server(String localAddress, int localPort, String address, int port) {
        return between(Role.SERVER, localAddress, localPort, address, port);
    }

    public FlowBuilder between(Role role, String here, int herePort, String there, int therePort) {
        this.role = role;
        local = endpoint(here, herePort);
        remote = endpoint(there, therePort);
        return this;
    }

    public FlowBuilder by(String comm, long pid) {
        owner = new Owner(pid, 0, comm, 1);
        return this;
    }

    public FlowBuilder state(TcpState state) {
        this.state = state;
        return this;
    }

    public FlowBuilder opened(long connectUs) {
        opened = true;
        this.connectUs = connectUs;
        return this;
    }

    public FlowBuilder closed(ClosedBy by, CloseKind kind, long durationUs) {
        closed = true;
        state = TcpState.CLOSE;
        closing = new Closing(by, kind);
        this.durationUs = durationUs;
        return this;
    }

    public FlowBuilder failed(Failure failure, int errno, long durationUs) {
        opened = true;
        closed = true;
        state = TcpState.CLOSE;
        this.failure = failure;
        this.errno = errno;
        this.durationUs = durationUs;
        return this;
    }

    public FlowBuilder moved(long sent, long received) {
        this.sent = sent;
        this.received = received;
        return this;
    }

    public FlowBuilder total(long sentTotal, long receivedTotal) {
        this.sentTotal = sentTotal;
        this.receivedTotal = receivedTotal;
        return this;
    }

    public FlowBuilder retransmitted(long segments) {
        retransmitted = segments;
        return this;
    }

    public FlowBuilder srttUs(long srttUs) {
        this.srttUs = srttUs;
        return this;
    }

    public FlowBuilder losses(LossCounters losses) {
        this.losses = losses;
        return this;
    }

    public FlowRecord build() {
        long startNs = start.toEpochMilli() * 1_000_000;
        return new FlowRecord(
                startNs,
                startNs + windowMs * 1_000_000,
                new Connection(local, remote, null, role, 1, cookie, false, false),
                new Lifecycle(
                        state,
                        opened,
                        closed,
                        false,
                        failure,
                        closing,
                        errno,
                        startNs - 1_000,
                        connectUs,
                        durationUs),
                traffic(sent, received),
                traffic(Math.max(sent, sentTotal), Math.max(received, receivedTotal)),
                new Path(srttUs, 0, 0, 10, 0, 1448, 0, 0, 0, 0, 0, 0, 0),
                owner,
                new Origin("node-1", "boot", Witnesses.EVENTS_AND_DIAG, 1, losses));
    }

    private Traffic traffic(long bytesSent, long bytesReceived) {
        return new Traffic(
                bytesSent, bytesReceived, 0, 0, 0, 0, 0, 0, retransmitted, 0, 0, 0, 0, 0);
    }
}
