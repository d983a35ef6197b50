package io.weir.agent.netlink;

/**
 * {@code struct tcp_info} of any length: 104 bytes of old kernels to the newest's
 * 280, or more.
 *
 * <p>A field this kernel does not send is -1; of those with 64 bits only the pacing rates can be -1
 * otherwise, and mean "no limit": {@link #has} tells. Units are those of {@link TcpInfoField}. The
 * last word, {@link TcpInfoField#ECN_MODE} and its three neighbours, is laid out as since Linux 7.0:
 * 6.18 and 6.19 have two 16-bit numbers there, of the same length.
 */
public final class TcpInfoView {
    private int[] words;
    private int base;
    private int length;

    /** All fields known here are there: asked once for all of them, not by each of its length. */
    private boolean complete;

    /**
     * @param base in words
     * @param length in bytes
     */
    TcpInfoView wrap(int[] words, int base, int length) {
        this.words = words;
        this.base = base;
        this.length = length;
        complete = length >= TcpInfoField.BYTES;
        return this;
    }

    /** Bytes the kernel sent, 0 if the socket came without. */
    public int length() {
        return length;
    }

    /** Whether the kernel sent this field. */
    public boolean has(TcpInfoField field) {
        return field.offset() + field.bytes() <= length;
    }

    /** Any field, unsigned; -1 if the kernel did not send it. */
    public long value(TcpInfoField field) {
        int offset = field.offset();
        long word =
                switch (field.bytes()) {
                    case Byte.BYTES -> u8(offset);
                    case Short.BYTES -> u16(offset);
                    case Integer.BYTES -> u32(offset);
                    default -> u64(offset);
                };
        return field.isBitField() ? bits(word, field.shift(), field.bits()) : word;
    }

    /** TCP state, numbered as {@code include/net/tcp_states.h}: {@code tcpi_state}. */
    public int state() {
        return u8(0);
    }

    /** Congestion state: {@code tcpi_ca_state}. */
    public int caState() {
        return u8(1);
    }

    /** Timeouts in a row without progress, timeouts: {@code tcpi_retransmits}. */
    public int retransmits() {
        return u8(2);
    }

    /** Window or keep-alive probes that went unanswered, probes: {@code tcpi_probes}. */
    public int probes() {
        return u8(3);
    }

    /** Times the retransmission timeout was doubled, doublings: {@code tcpi_backoff}. */
    public int backoff() {
        return u8(4);
    }

    /** What was negotiated; {@code TCPI_OPT_*}: {@code tcpi_options}. */
    public int options() {
        return u8(5);
    }

    /** Scale of the peer's window: {@code tcpi_snd_wscale}. */
    public int sndWscale() {
        return (int) bits(u8(6), 0, 4);
    }

    /** Scale of this end's window: {@code tcpi_rcv_wscale}. */
    public int rcvWscale() {
        return (int) bits(u8(6), 4, 4);
    }

    /** Whether the application, not the network, limited the delivery rate: {@code tcpi_delivery_rate_app_limited}. */
    public int deliveryRateAppLimited() {
        return (int) bits(u8(7), 0, 1);
    }

    /** Why TCP Fast Open failed: {@code tcpi_fastopen_client_fail}. */
    public int fastopenClientFail() {
        return (int) bits(u8(7), 1, 2);
    }

    /** Retransmission timeout, µs: {@code tcpi_rto}. */
    public long rto() {
        return u32(8);
    }

    /** Delayed-ACK timeout, µs: {@code tcpi_ato}. */
    public long ato() {
        return u32(12);
    }

    /** Segment size this end sends, bytes: {@code tcpi_snd_mss}. */
    public long sndMss() {
        return u32(16);
    }

    /** Segment size this end receives, estimated, bytes: {@code tcpi_rcv_mss}. */
    public long rcvMss() {
        return u32(20);
    }

    /** Segments sent and not acknowledged; of a listener its accept queue, segments: {@code tcpi_unacked}. */
    public long unacked() {
        return u32(24);
    }

    /** Segments acknowledged selectively; of a listener its backlog, segments: {@code tcpi_sacked}. */
    public long sacked() {
        return u32(28);
    }

    /** Segments taken for lost, segments: {@code tcpi_lost}. */
    public long lost() {
        return u32(32);
    }

    /** Retransmitted segments in flight, segments: {@code tcpi_retrans}. */
    public long retrans() {
        return u32(36);
    }

    /** 0 since Linux 4.15: forward acknowledgement is gone, segments: {@code tcpi_fackets}. */
    public long fackets() {
        return u32(40);
    }

    /** Since data was sent, ms: {@code tcpi_last_data_sent}. */
    public long lastDataSent() {
        return u32(44);
    }

    /** 0: the kernel does not remember, ms: {@code tcpi_last_ack_sent}. */
    public long lastAckSent() {
        return u32(48);
    }

    /** Since data was received, ms: {@code tcpi_last_data_recv}. */
    public long lastDataRecv() {
        return u32(52);
    }

    /** Since an acknowledgement was received, ms: {@code tcpi_last_ack_recv}. */
    public long lastAckRecv() {
        return u32(56);
    }

    /** Path MTU, bytes: {@code tcpi_pmtu}. */
    public long pmtu() {
        return u32(60);
    }

    /** Bound of the receive window's growth, bytes: {@code tcpi_rcv_ssthresh}. */
    public long rcvSsthresh() {
        return u32(64);
    }

    /** Smoothed round-trip time, µs: {@code tcpi_rtt}. */
    public long rtt() {
        return u32(68);
    }

    /** Its mean deviation, µs: {@code tcpi_rttvar}. */
    public long rttvar() {
        return u32(72);
    }

    /** Slow-start threshold; 2147483647 not yet set, segments: {@code tcpi_snd_ssthresh}. */
    public long sndSsthresh() {
        return u32(76);
    }

    /** Congestion window, segments: {@code tcpi_snd_cwnd}. */
    public long sndCwnd() {
        return u32(80);
    }

    /** Segment size announced to the peer, bytes: {@code tcpi_advmss}. */
    public long advmss() {
        return u32(84);
    }

    /** How far segments may be reordered before one is taken for lost, segments: {@code tcpi_reordering}. */
    public long reordering() {
        return u32(88);
    }

    /** Round-trip time as the receiver estimates it, 0 unknown, µs: {@code tcpi_rcv_rtt}. */
    public long rcvRtt() {
        return u32(92);
    }

    /** Receive buffer the application is given, auto-tuned, bytes: {@code tcpi_rcv_space}. */
    public long rcvSpace() {
        return u32(96);
    }

    /** Segments retransmitted since the socket was made, segments: {@code tcpi_total_retrans}. */
    public long totalRetrans() {
        return u32(100);
    }

    /** Pacing rate; all ones no limit, bytes/s: {@code tcpi_pacing_rate}. */
    public long pacingRate() {
        return u64(104);
    }

    /** Its bound; all ones no limit, bytes/s: {@code tcpi_max_pacing_rate}. */
    public long maxPacingRate() {
        return u64(112);
    }

    /** Bytes acknowledged by the peer, SYN and FIN counted as one each, bytes: {@code tcpi_bytes_acked}. */
    public long bytesAcked() {
        return u64(120);
    }

    /** Bytes received in order, the peer's FIN counted as one, bytes: {@code tcpi_bytes_received}. */
    public long bytesReceived() {
        return u64(128);
    }

    /** Segments sent, with those without data, segments: {@code tcpi_segs_out}. */
    public long segsOut() {
        return u32(136);
    }

    /** Segments received, with those without data, segments: {@code tcpi_segs_in}. */
    public long segsIn() {
        return u32(140);
    }

    /** Written and not yet sent, bytes: {@code tcpi_notsent_bytes}. */
    public long notsentBytes() {
        return u32(144);
    }

    /** Least round-trip time of late; 4294967295 none measured, µs: {@code tcpi_min_rtt}. */
    public long minRtt() {
        return u32(148);
    }

    /** Segments received that carried data, segments: {@code tcpi_data_segs_in}. */
    public long dataSegsIn() {
        return u32(152);
    }

    /** Segments sent that carried data, segments: {@code tcpi_data_segs_out}. */
    public long dataSegsOut() {
        return u32(156);
    }

    /** Goodput of the most recent sample, bytes/s: {@code tcpi_delivery_rate}. */
    public long deliveryRate() {
        return u64(160);
    }

    /** Time with data to send, µs: {@code tcpi_busy_time}. */
    public long busyTime() {
        return u64(168);
    }

    /** Of it, stopped by the peer's window, µs: {@code tcpi_rwnd_limited}. */
    public long rwndLimited() {
        return u64(176);
    }

    /** Of it, stopped by the send buffer, µs: {@code tcpi_sndbuf_limited}. */
    public long sndbufLimited() {
        return u64(184);
    }

    /** Segments delivered, retransmitted ones included, segments: {@code tcpi_delivered}. */
    public long delivered() {
        return u32(192);
    }

    /** Of them, with a congestion mark, segments: {@code tcpi_delivered_ce}. */
    public long deliveredCe() {
        return u32(196);
    }

    /** Payload sent, retransmissions included, bytes: {@code tcpi_bytes_sent}. */
    public long bytesSent() {
        return u64(200);
    }

    /** Of it, retransmitted, bytes: {@code tcpi_bytes_retrans}. */
    public long bytesRetrans() {
        return u64(208);
    }

    /** Duplicates the peer reported, segments: {@code tcpi_dsack_dups}. */
    public long dsackDups() {
        return u32(216);
    }

    /** Reorderings seen, events: {@code tcpi_reord_seen}. */
    public long reordSeen() {
        return u32(220);
    }

    /** Segments received out of order, segments: {@code tcpi_rcv_ooopack}. */
    public long rcvOoopack() {
        return u32(224);
    }

    /** The peer's window, scaled, bytes: {@code tcpi_snd_wnd}. */
    public long sndWnd() {
        return u32(228);
    }

    /** This end's window, scaled, bytes: {@code tcpi_rcv_wnd}. */
    public long rcvWnd() {
        return u32(232);
    }

    /** Times a new path was tried, by PLB or a timeout, events: {@code tcpi_rehash}. */
    public long rehash() {
        return u32(236);
    }

    /** Retransmission timeouts, SYN ones included, timeouts: {@code tcpi_total_rto}. */
    public int totalRto() {
        return u16(240);
    }

    /** Recoveries from them, recoveries: {@code tcpi_total_rto_recoveries}. */
    public int totalRtoRecoveries() {
        return u16(242);
    }

    /** Time spent in them, ms: {@code tcpi_total_rto_time}. */
    public long totalRtoTime() {
        return u32(244);
    }

    /** Segments received with a congestion mark (AccECN), segments: {@code tcpi_received_ce}. */
    public long receivedCe() {
        return u32(248);
    }

    /** Delivered with ECT(1), by the peer's option, bytes: {@code tcpi_delivered_e1_bytes}. */
    public long deliveredE1Bytes() {
        return u32(252);
    }

    /** Delivered with ECT(0), by the peer's option, bytes: {@code tcpi_delivered_e0_bytes}. */
    public long deliveredE0Bytes() {
        return u32(256);
    }

    /** Delivered with a congestion mark, by the peer's option, bytes: {@code tcpi_delivered_ce_bytes}. */
    public long deliveredCeBytes() {
        return u32(260);
    }

    /** Received with ECT(1), bytes: {@code tcpi_received_e1_bytes}. */
    public long receivedE1Bytes() {
        return u32(264);
    }

    /** Received with ECT(0), bytes: {@code tcpi_received_e0_bytes}. */
    public long receivedE0Bytes() {
        return u32(268);
    }

    /** Received with a congestion mark, bytes: {@code tcpi_received_ce_bytes}. */
    public long receivedCeBytes() {
        return u32(272);
    }

    /** ECN as negotiated: {@code tcpi_ecn_mode}. */
    public int ecnMode() {
        return (int) bits(u32(276), 0, 2);
    }

    /** Whether the peer's AccECN option came through: {@code tcpi_accecn_opt_seen}. */
    public int accecnOptSeen() {
        return (int) bits(u32(276), 2, 2);
    }

    /** Which way of AccECN failed; {@code TCP_ACCECN_*_FAIL_*}: {@code tcpi_accecn_fail_mode}. */
    public int accecnFailMode() {
        return (int) bits(u32(276), 4, 4);
    }

    /** More of what was negotiated: {@code tcpi_options2}. */
    public int options2() {
        return (int) bits(u32(276), 8, 24);
    }

    private boolean reaches(int end) {
        return complete || end <= length;
    }

    private int u8(int at) {
        return reaches(at + Byte.BYTES) ? Bytes.u8(words, base, at) : -1;
    }

    private int u16(int at) {
        return reaches(at + Short.BYTES) ? Bytes.u16(words, base, at) : -1;
    }

    private long u32(int at) {
        return reaches(at + Integer.BYTES) ? Bytes.u32(words, base, at) : -1;
    }

    private long u64(int at) {
        return reaches(at + Long.BYTES) ? Bytes.i64(words, base, at) : -1;
    }

    private static long bits(long word, int shift, int bits) {
        return word < 0 ? -1 : (word >>> shift) & ((1L << bits) - 1);
    }
}
