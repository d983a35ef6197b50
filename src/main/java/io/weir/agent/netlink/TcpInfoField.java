package io.weir.agent.netlink;

import java.util.Locale;

/**
 * The fields of {@code struct tcp_info}, in order: {@code include/uapi/linux/tcp.h} of Linux 7.0,
 * filled by {@code net/ipv4/tcp.c:tcp_get_info}. Older kernels send a beginning of it.
 */
public enum TcpInfoField {
    /** TCP state, numbered as {@code include/net/tcp_states.h}. */
    STATE(0, 1, 0, 8, "TCP state"),
    /** Congestion state. */
    CA_STATE(1, 1, 0, 8, "0 open, 1 disorder, 2 CWR, 3 recovery, 4 loss"),
    /** Timeouts in a row without progress. */
    RETRANSMITS(2, 1, 0, 8, "timeouts"),
    /** Window or keep-alive probes that went unanswered. */
    PROBES(3, 1, 0, 8, "probes"),
    /** Times the retransmission timeout was doubled. */
    BACKOFF(4, 1, 0, 8, "doublings"),
    /** What was negotiated: {@code TCPI_OPT_*}. */
    OPTIONS(
            5,
            1,
            0,
            8,
            "bits: 1 timestamps, 2 SACK, 4 window scale, 8 ECN, 16 ECN seen, 32 SYN data, 64 timestamps in µs, 128 TFO child"),
    /** Scale of the peer's window. */
    SND_WSCALE(6, 1, 0, 4, "bits to shift"),
    /** Scale of this end's window. */
    RCV_WSCALE(6, 1, 4, 4, "bits to shift"),
    /** Whether the application, not the network, limited the delivery rate. */
    DELIVERY_RATE_APP_LIMITED(7, 1, 0, 1, "0 or 1"),
    /** Why TCP Fast Open failed. */
    FASTOPEN_CLIENT_FAIL(
            7, 1, 1, 2, "0 none, 1 cookie unavailable, 2 data not acked, 3 SYN retransmitted"),
    /** Retransmission timeout. */
    RTO(8, 4, 0, 32, "µs"),
    /** Delayed-ACK timeout. */
    ATO(12, 4, 0, 32, "µs"),
    /** Segment size this end sends. */
    SND_MSS(16, 4, 0, 32, "bytes"),
    /** Segment size this end receives, estimated. */
    RCV_MSS(20, 4, 0, 32, "bytes"),
    /** Segments sent and not acknowledged; of a listener its accept queue. */
    UNACKED(24, 4, 0, 32, "segments"),
    /** Segments acknowledged selectively; of a listener its backlog. */
    SACKED(28, 4, 0, 32, "segments"),
    /** Segments taken for lost. */
    LOST(32, 4, 0, 32, "segments"),
    /** Retransmitted segments in flight. */
    RETRANS(36, 4, 0, 32, "segments"),
    /** 0 since Linux 4.15: forward acknowledgement is gone. */
    FACKETS(40, 4, 0, 32, "segments"),
    /** Since data was sent. */
    LAST_DATA_SENT(44, 4, 0, 32, "ms"),
    /** 0: the kernel does not remember. */
    LAST_ACK_SENT(48, 4, 0, 32, "ms"),
    /** Since data was received. */
    LAST_DATA_RECV(52, 4, 0, 32, "ms"),
    /** Since an acknowledgement was received. */
    LAST_ACK_RECV(56, 4, 0, 32, "ms"),
    /** Path MTU. */
    PMTU(60, 4, 0, 32, "bytes"),
    /** Bound of the receive window's growth. */
    RCV_SSTHRESH(64, 4, 0, 32, "bytes"),
    /** Smoothed round-trip time. */
    RTT(68, 4, 0, 32, "µs"),
    /** Its mean deviation. */
    RTTVAR(72, 4, 0, 32, "µs"),
    /** Slow-start threshold; 2147483647 not yet set. */
    SND_SSTHRESH(76, 4, 0, 32, "segments"),
    /** Congestion window. */
    SND_CWND(80, 4, 0, 32, "segments"),
    /** Segment size announced to the peer. */
    ADVMSS(84, 4, 0, 32, "bytes"),
    /** How far segments may be reordered before one is taken for lost. */
    REORDERING(88, 4, 0, 32, "segments"),
    /** Round-trip time as the receiver estimates it, 0 unknown. */
    RCV_RTT(92, 4, 0, 32, "µs"),
    /** Receive buffer the application is given, auto-tuned. */
    RCV_SPACE(96, 4, 0, 32, "bytes"),
    /** Segments retransmitted since the socket was made. */
    TOTAL_RETRANS(100, 4, 0, 32, "segments"),
    /** Pacing rate; all ones no limit. */
    PACING_RATE(104, 8, 0, 64, "bytes/s"),
    /** Its bound; all ones no limit. */
    MAX_PACING_RATE(112, 8, 0, 64, "bytes/s"),
    /** Bytes acknowledged by the peer, SYN and FIN counted as one each. */
    BYTES_ACKED(120, 8, 0, 64, "bytes"),
    /** Bytes received in order, the peer's FIN counted as one. */
    BYTES_RECEIVED(128, 8, 0, 64, "bytes"),
    /** Segments sent, with those without data. */
    SEGS_OUT(136, 4, 0, 32, "segments"),
    /** Segments received, with those without data. */
    SEGS_IN(140, 4, 0, 32, "segments"),
    /** Written and not yet sent. */
    NOTSENT_BYTES(144, 4, 0, 32, "bytes"),
    /** Least round-trip time of late; 4294967295 none measured. */
    MIN_RTT(148, 4, 0, 32, "µs"),
    /** Segments received that carried data. */
    DATA_SEGS_IN(152, 4, 0, 32, "segments"),
    /** Segments sent that carried data. */
    DATA_SEGS_OUT(156, 4, 0, 32, "segments"),
    /** Goodput of the most recent sample. */
    DELIVERY_RATE(160, 8, 0, 64, "bytes/s"),
    /** Time with data to send. */
    BUSY_TIME(168, 8, 0, 64, "µs"),
    /** Of it, stopped by the peer's window. */
    RWND_LIMITED(176, 8, 0, 64, "µs"),
    /** Of it, stopped by the send buffer. */
    SNDBUF_LIMITED(184, 8, 0, 64, "µs"),
    /** Segments delivered, retransmitted ones included. */
    DELIVERED(192, 4, 0, 32, "segments"),
    /** Of them, with a congestion mark. */
    DELIVERED_CE(196, 4, 0, 32, "segments"),
    /** Payload sent, retransmissions included. */
    BYTES_SENT(200, 8, 0, 64, "bytes"),
    /** Of it, retransmitted. */
    BYTES_RETRANS(208, 8, 0, 64, "bytes"),
    /** Duplicates the peer reported. */
    DSACK_DUPS(216, 4, 0, 32, "segments"),
    /** Reorderings seen. */
    REORD_SEEN(220, 4, 0, 32, "events"),
    /** Segments received out of order. */
    RCV_OOOPACK(224, 4, 0, 32, "segments"),
    /** The peer's window, scaled. */
    SND_WND(228, 4, 0, 32, "bytes"),
    /** This end's window, scaled. */
    RCV_WND(232, 4, 0, 32, "bytes"),
    /** Times a new path was tried, by PLB or a timeout. */
    REHASH(236, 4, 0, 32, "events"),
    /** Retransmission timeouts, SYN ones included. */
    TOTAL_RTO(240, 2, 0, 16, "timeouts"),
    /** Recoveries from them. */
    TOTAL_RTO_RECOVERIES(242, 2, 0, 16, "recoveries"),
    /** Time spent in them. */
    TOTAL_RTO_TIME(244, 4, 0, 32, "ms"),
    /** Segments received with a congestion mark (AccECN). */
    RECEIVED_CE(248, 4, 0, 32, "segments"),
    /** Delivered with ECT(1), by the peer's option. */
    DELIVERED_E1_BYTES(252, 4, 0, 32, "bytes"),
    /** Delivered with ECT(0), by the peer's option. */
    DELIVERED_E0_BYTES(256, 4, 0, 32, "bytes"),
    /** Delivered with a congestion mark, by the peer's option. */
    DELIVERED_CE_BYTES(260, 4, 0, 32, "bytes"),
    /** Received with ECT(1). */
    RECEIVED_E1_BYTES(264, 4, 0, 32, "bytes"),
    /** Received with ECT(0). */
    RECEIVED_E0_BYTES(268, 4, 0, 32, "bytes"),
    /** Received with a congestion mark. */
    RECEIVED_CE_BYTES(272, 4, 0, 32, "bytes"),
    /** ECN as negotiated. */
    ECN_MODE(276, 4, 0, 2, "0 disabled, 1 RFC 3168, 2 AccECN, 3 pending"),
    /** Whether the peer's AccECN option came through. */
    ACCECN_OPT_SEEN(276, 4, 2, 2, "0 not seen, 1 empty, 2 counters, 3 failed"),
    /** Which way of AccECN failed: {@code TCP_ACCECN_*_FAIL_*}. */
    ACCECN_FAIL_MODE(276, 4, 4, 4, "bits"),
    /** More of what was negotiated. */
    OPTIONS2(276, 4, 8, 24, "bits");

    /** Bytes of the longest {@code struct tcp_info} known here. */
    public static final int BYTES = 280;

    private static final String PREFIX = "tcpi_";

    private final int offset;
    private final int bytes;
    private final int shift;
    private final int bits;
    private final String unit;
    private final String key;

    TcpInfoField(int offset, int bytes, int shift, int bits, String unit) {
        this.offset = offset;
        this.bytes = bytes;
        this.shift = shift;
        this.bits = bits;
        this.unit = unit;
        this.key = camelCase(name());
    }

    private static String camelCase(String name) {
        StringBuilder key = new StringBuilder();
        for (String word : name.toLowerCase(Locale.ROOT).split("_", -1)) {
            key.append(key.isEmpty() ? word.charAt(0) : Character.toUpperCase(word.charAt(0)))
                    .append(word, 1, word.length());
        }
        return key.toString();
    }

    /** Where the field, or the word a bit-field is in, begins. */
    public int offset() {
        return offset;
    }

    /** Bytes of the field, or of the word a bit-field is in: 1, 2, 4 or 8. */
    public int bytes() {
        return bytes;
    }

    /** Bits below a bit-field, 0 for other fields. */
    public int shift() {
        return shift;
    }

    /** Bits of the field. */
    public int bits() {
        return bits;
    }

    /** Whether the compiler has no address for it. */
    public boolean isBitField() {
        return bits != bytes * Byte.SIZE;
    }

    /** What one is, or what the values mean. */
    public String unit() {
        return unit;
    }

    /** The kernel's name without its prefix in lowerCamelCase: {@code sndCwnd}. */
    public String key() {
        return key;
    }

    /** Such as {@code tcpi_snd_cwnd}. */
    public String kernelName() {
        return PREFIX + name().toLowerCase(Locale.ROOT);
    }
}
