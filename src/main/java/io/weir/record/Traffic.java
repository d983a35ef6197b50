package io.weir.record;

/**
 * What went over the connection: the kernel's counters, either of one window or since the opening.
 *
 * <p>All are at least 0. Segment counters are 32 bits wide in the kernel; here they do not wrap.
 *
 * @param bytesSent payload bytes sent once, {@code tcp_sock.bytes_sent − bytes_retrans}
 * @param bytesReceived payload bytes received in order, the peer's FIN not counted; {@code
 *     tcp_sock.bytes_received}, which is ahead of what the application has read
 * @param bytesRetransmitted payload bytes sent again, {@code tcp_sock.bytes_retrans}
 * @param bytesAcked sequence numbers acknowledged by the peer: SYN and FIN are one byte each,
 *     {@code tcp_sock.bytes_acked}
 * @param segmentsSent with those without payload and retransmissions, {@code tcp_sock.segs_out}
 * @param segmentsReceived with those without payload, {@code tcp_sock.segs_in}
 * @param dataSegmentsSent with payload, retransmissions included, {@code tcp_sock.data_segs_out}
 * @param dataSegmentsReceived with payload, {@code tcp_sock.data_segs_in}
 * @param segmentsRetransmitted {@code tcp_sock.total_retrans}
 * @param segmentsDelivered data segments the peer acknowledged, {@code tcp_sock.delivered}
 * @param segmentsDeliveredCe those with an ECN congestion mark, {@code tcp_sock.delivered_ce}
 * @param segmentsLost marked lost by the sender, {@code tcp_sock.lost}
 * @param segmentsOutOfOrder received ahead of their turn, {@code tcp_sock.rcv_ooopack}
 * @param reorderings times the path reordered what we sent, {@code tcp_sock.reord_seen}
 */
public record Traffic(
        long bytesSent,
        long bytesReceived,
        long bytesRetransmitted,
        long bytesAcked,
        long segmentsSent,
        long segmentsReceived,
        long dataSegmentsSent,
        long dataSegmentsReceived,
        long segmentsRetransmitted,
        long segmentsDelivered,
        long segmentsDeliveredCe,
        long segmentsLost,
        long segmentsOutOfOrder,
        long reorderings) {
    /** Nothing moved. */
    public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
