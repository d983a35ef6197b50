package io.weir.cli.sockets;

import java.util.Comparator;
import java.util.function.ToLongFunction;

/** What sockets can be ordered by: names and addresses upwards, quantities from the largest. */
public enum SortKey {
    /** Namespace, then local port, then the other end. */
    NETNS(
            Comparator.comparingLong(SocketRow::netns)
                    .thenComparing(row -> row.socket().localPort())
                    .thenComparing(row -> row.remote().toString())),
    /** State by name. */
    STATE(Comparator.comparing(row -> row.state().name())),
    /** Process by name and id; those without come last. */
    PROCESS(
            Comparator.comparing((SocketRow row) -> row.owner() == null)
                    .thenComparing(row -> row.owner() == null ? "" : row.owner().comm())
                    .thenComparing(row -> row.owner() == null ? 0L : row.owner().pid())),
    /** This end. */
    LOCAL(Comparator.comparing(row -> row.local().toString())),
    /** The other end. */
    REMOTE(Comparator.comparing(row -> row.remote().toString())),
    /** Smoothed round-trip time. */
    RTT(down(row -> row.socket().tcpInfo().rtt())),
    /** Bytes sent. */
    SENT(down(row -> row.socket().tcpInfo().bytesSent())),
    /** Bytes received. */
    RECEIVED(down(row -> row.socket().tcpInfo().bytesReceived())),
    /** Segments sent again. */
    RETRANSMITTED(down(row -> row.socket().tcpInfo().totalRetrans())),
    /** Congestion window. */
    CWND(down(row -> row.socket().tcpInfo().sndCwnd())),
    /** Bytes not read. */
    RECEIVE_QUEUE(down(row -> row.socket().receiveQueue())),
    /** Bytes not acknowledged. */
    SEND_QUEUE(down(row -> row.socket().sendQueue()));

    private final Comparator<SocketRow> order;

    SortKey(Comparator<SocketRow> order) {
        this.order = order;
    }

    Comparator<SocketRow> order() {
        return order;
    }

    private static Comparator<SocketRow> down(ToLongFunction<SocketRow> quantity) {
        return Comparator.comparingLong(quantity).reversed();
    }
}
