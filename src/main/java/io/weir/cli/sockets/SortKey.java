package io.weir.cli.sockets;

import io.weir.agent.netlink.TcpInfoView;
import java.util.Comparator;
import java.util.function.ToLongFunction;

/** What sockets can be ordered by: names and addresses upwards, quantities from the largest. */
public enum SortKey {
    /** Namespace, then local port, then the other end. */
    NETNS,
    /** State by name. */
    STATE,
    /** Process by name and id; those without come last. */
    PROCESS,
    /** This end. */
    LOCAL,
    /** The other end. */
    REMOTE,
    /** Smoothed round-trip time. */
    RTT,
    /** Bytes sent. */
    SENT,
    /** Bytes received. */
    RECEIVED,
    /** Segments sent again. */
    RETRANSMITTED,
    /** Congestion window. */
    CWND,
    /** Bytes not read. */
    RECEIVE_QUEUE,
    /** Bytes not acknowledged. */
    SEND_QUEUE;

    Comparator<SocketRow> order() {
        return switch (this) {
            case NETNS ->
                    Comparator.comparingLong(SocketRow::netns)
                            .thenComparingInt(row -> row.socket().localPort())
                            .thenComparing(row -> row.remote().toString());
            case STATE -> Comparator.comparing(row -> row.state().name());
            case PROCESS ->
                    Comparator.comparing((SocketRow row) -> row.owner() == null)
                            .thenComparing(row -> row.owner() == null ? "" : row.owner().comm())
                            .thenComparingLong(row -> row.owner() == null ? 0 : row.owner().pid());
            case LOCAL -> Comparator.comparing(row -> row.local().toString());
            case REMOTE -> Comparator.comparing(row -> row.remote().toString());
            case RTT -> down(TcpInfoView::rtt);
            case SENT -> down(TcpInfoView::bytesSent);
            case RECEIVED -> down(TcpInfoView::bytesReceived);
            case RETRANSMITTED -> down(TcpInfoView::totalRetrans);
            case CWND -> down(TcpInfoView::sndCwnd);
            case RECEIVE_QUEUE ->
                    Comparator.comparingLong((SocketRow row) -> row.socket().receiveQueue())
                            .reversed();
            case SEND_QUEUE ->
                    Comparator.comparingLong((SocketRow row) -> row.socket().sendQueue())
                            .reversed();
        };
    }

    private static Comparator<SocketRow> down(ToLongFunction<TcpInfoView> quantity) {
        return Comparator.comparingLong(
                        (SocketRow row) -> quantity.applyAsLong(row.socket().tcpInfo()))
                .reversed();
    }
}
