package io.weir.record;

/**
 * How the network between the two ends does, at the last report in the window.
 *
 * @param srttUs smoothed round trip in µs, {@code tcp_sock.srtt_us >> 3}; 0 before the first sample
 * @param rttVarUs mean deviation of it in µs, {@code tcp_sock.mdev_us >> 2}; 0 before the first
 *     sample
 * @param minRttUs least round trip of the last minutes in µs, {@code tcp_sock.rtt_min}; 0 unknown
 * @param congestionWindow segments allowed in flight, {@code tcp_sock.snd_cwnd}
 * @param slowStartThreshold segments, {@code tcp_sock.snd_ssthresh}; 2147483647 until a loss
 * @param mss payload bytes per segment we send, {@code tcp_sock.mss_cache}
 * @param sendWindow bytes the peer is ready to take, {@code tcp_sock.snd_wnd}
 * @param receiveWindow bytes we are ready to take, {@code tcp_sock.rcv_wnd}
 * @param inFlight segments sent and not acknowledged, {@code tcp_sock.packets_out}
 * @param unsentBytes written by the application and not yet sent, {@code write_seq − snd_nxt}
 * @param unreadBytes received and not yet read by the application, {@code rcv_nxt − copied_seq}
 * @param deliveryRateBytesPerSecond of the last sample; {@code net/ipv4/tcp_rate.c}; 0 unknown
 * @param congestionState {@code icsk_ca_state}: 0 open, 1 disorder, 2 CWR, 3 recovery, 4 loss
 */
public record Path(
        long srttUs,
        long rttVarUs,
        long minRttUs,
        long congestionWindow,
        long slowStartThreshold,
        long mss,
        long sendWindow,
        long receiveWindow,
        long inFlight,
        long unsentBytes,
        long unreadBytes,
        long deliveryRateBytesPerSecond,
        int congestionState) {}
