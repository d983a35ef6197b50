package io.weir.agent.event;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.weir.agent.event.abi.TcpEventAbi;
import io.weir.agent.event.abi.tcp_event;
import io.weir.net.IpAddress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@code struct tcp_event} as the kernel would; method names are the struct's fields. One
 * thread; allocates nothing but what it writes on by default.
 */
public final class TcpEventWriter {
    private static final ValueLayout.OfShort NETWORK_SHORT =
            JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG =
            JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private MemorySegment memory;
    private long base;

    /** A zeroed event of the current version on memory of its own. */
    public TcpEventWriter() {
        wrap(MemorySegment.ofArray(new byte[Math.toIntExact(tcp_event.sizeof())]), 0);
    }

    /** Starts a zeroed event of the current version at an offset. */
    public TcpEventWriter wrap(MemorySegment memory, long offset) {
        this.memory = memory;
        this.base = offset;
        memory.asSlice(offset, tcp_event.sizeof()).fill((byte) 0);
        return version(TcpEventAbi.WEIR_EVENT_VERSION())
                .minRttUs(0xffff_ffffL)
                .localAddr(IpAddress.ANY_V4)
                .remoteAddr(IpAddress.ANY_V4)
                .family(2);
    }

    public MemorySegment memory() {
        return memory;
    }

    public TcpEventWriter addFlags(int more) {
        return flags(
                Short.toUnsignedInt(
                                memory.get(JAVA_SHORT_UNALIGNED, base + tcp_event.flags$offset()))
                        | more);
    }

    public TcpEventWriter localAddr(IpAddress address) {
        return localAddr(address.high(), address.low());
    }

    public TcpEventWriter remoteAddr(IpAddress address) {
        return remoteAddr(address.high(), address.low());
    }

    public TcpEventWriter comm(String comm) {
        byte[] bytes = comm.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(
                bytes, 0, memory, JAVA_BYTE, base + tcp_event.comm$offset(), bytes.length);
        return this;
    }

    public TcpEventWriter state(int value) {
        memory.set(JAVA_BYTE, base + tcp_event.state$offset(), (byte) value);
        return this;
    }

    public TcpEventWriter oldState(int value) {
        memory.set(JAVA_BYTE, base + tcp_event.old_state$offset(), (byte) value);
        return this;
    }

    public TcpEventWriter family(int value) {
        memory.set(JAVA_BYTE, base + tcp_event.family$offset(), (byte) value);
        return this;
    }

    public TcpEventWriter caState(int value) {
        memory.set(JAVA_BYTE, base + tcp_event.ca_state$offset(), (byte) value);
        return this;
    }

    public TcpEventWriter version(int value) {
        memory.set(JAVA_SHORT_UNALIGNED, base + tcp_event.version$offset(), (short) value);
        return this;
    }

    public TcpEventWriter flags(int value) {
        memory.set(JAVA_SHORT_UNALIGNED, base + tcp_event.flags$offset(), (short) value);
        return this;
    }

    public TcpEventWriter states(int value) {
        memory.set(JAVA_SHORT_UNALIGNED, base + tcp_event.states$offset(), (short) value);
        return this;
    }

    public TcpEventWriter err(int value) {
        memory.set(JAVA_SHORT_UNALIGNED, base + tcp_event.err$offset(), (short) value);
        return this;
    }

    public TcpEventWriter localPort(int value) {
        memory.set(NETWORK_SHORT, base + tcp_event.local_port$offset(), (short) value);
        return this;
    }

    public TcpEventWriter remotePort(int value) {
        memory.set(NETWORK_SHORT, base + tcp_event.remote_port$offset(), (short) value);
        return this;
    }

    public TcpEventWriter timeNs(long value) {
        memory.set(JAVA_LONG_UNALIGNED, base + tcp_event.time_ns$offset(), value);
        return this;
    }

    public TcpEventWriter cookie(long value) {
        memory.set(JAVA_LONG_UNALIGNED, base + tcp_event.cookie$offset(), value);
        return this;
    }

    public TcpEventWriter openNs(long value) {
        memory.set(JAVA_LONG_UNALIGNED, base + tcp_event.open_ns$offset(), value);
        return this;
    }

    public TcpEventWriter establishedNs(long value) {
        memory.set(JAVA_LONG_UNALIGNED, base + tcp_event.established_ns$offset(), value);
        return this;
    }

    public TcpEventWriter bytesSent(long value) {
        memory.set(JAVA_LONG_UNALIGNED, base + tcp_event.bytes_sent$offset(), value);
        return this;
    }

    public TcpEventWriter bytesRetrans(long value) {
        memory.set(JAVA_LONG_UNALIGNED, base + tcp_event.bytes_retrans$offset(), value);
        return this;
    }

    public TcpEventWriter bytesAcked(long value) {
        memory.set(JAVA_LONG_UNALIGNED, base + tcp_event.bytes_acked$offset(), value);
        return this;
    }

    public TcpEventWriter bytesReceived(long value) {
        memory.set(JAVA_LONG_UNALIGNED, base + tcp_event.bytes_received$offset(), value);
        return this;
    }

    public TcpEventWriter cgroupId(long value) {
        memory.set(JAVA_LONG_UNALIGNED, base + tcp_event.cgroup_id$offset(), value);
        return this;
    }

    public TcpEventWriter netns(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.netns$offset(), (int) value);
        return this;
    }

    public TcpEventWriter pid(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.pid$offset(), (int) value);
        return this;
    }

    public TcpEventWriter uid(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.uid$offset(), (int) value);
        return this;
    }

    public TcpEventWriter srttUs(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.srtt_us$offset(), (int) value);
        return this;
    }

    public TcpEventWriter rttvarUs(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.rttvar_us$offset(), (int) value);
        return this;
    }

    public TcpEventWriter minRttUs(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.min_rtt_us$offset(), (int) value);
        return this;
    }

    public TcpEventWriter sndCwnd(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.snd_cwnd$offset(), (int) value);
        return this;
    }

    public TcpEventWriter sndSsthresh(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.snd_ssthresh$offset(), (int) value);
        return this;
    }

    public TcpEventWriter mss(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.mss$offset(), (int) value);
        return this;
    }

    public TcpEventWriter segsOut(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.segs_out$offset(), (int) value);
        return this;
    }

    public TcpEventWriter segsIn(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.segs_in$offset(), (int) value);
        return this;
    }

    public TcpEventWriter dataSegsOut(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.data_segs_out$offset(), (int) value);
        return this;
    }

    public TcpEventWriter dataSegsIn(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.data_segs_in$offset(), (int) value);
        return this;
    }

    public TcpEventWriter segsRetrans(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.segs_retrans$offset(), (int) value);
        return this;
    }

    public TcpEventWriter delivered(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.delivered$offset(), (int) value);
        return this;
    }

    public TcpEventWriter reorderingSeen(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.reordering_seen$offset(), (int) value);
        return this;
    }

    public TcpEventWriter oooSegs(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.ooo_segs$offset(), (int) value);
        return this;
    }

    public TcpEventWriter errSoft(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.err_soft$offset(), (int) value);
        return this;
    }

    public TcpEventWriter lost(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.lost$offset(), (int) value);
        return this;
    }

    public TcpEventWriter packetsOut(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.packets_out$offset(), (int) value);
        return this;
    }

    public TcpEventWriter sndWnd(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.snd_wnd$offset(), (int) value);
        return this;
    }

    public TcpEventWriter rcvWnd(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.rcv_wnd$offset(), (int) value);
        return this;
    }

    public TcpEventWriter unsent(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.unsent$offset(), (int) value);
        return this;
    }

    public TcpEventWriter unread(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.unread$offset(), (int) value);
        return this;
    }

    public TcpEventWriter rateDelivered(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.rate_delivered$offset(), (int) value);
        return this;
    }

    public TcpEventWriter rateIntervalUs(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.rate_interval_us$offset(), (int) value);
        return this;
    }

    public TcpEventWriter deliveredCe(long value) {
        memory.set(JAVA_INT_UNALIGNED, base + tcp_event.delivered_ce$offset(), (int) value);
        return this;
    }

    public TcpEventWriter localAddr(long high, long low) {
        return address(tcp_event.local_addr$offset(), high, low);
    }

    public TcpEventWriter remoteAddr(long high, long low) {
        return address(tcp_event.remote_addr$offset(), high, low);
    }

    private TcpEventWriter address(long field, long high, long low) {
        memory.set(NETWORK_LONG, base + field, high);
        memory.set(NETWORK_LONG, base + field + Long.BYTES, low);
        return this;
    }
}
