package io.weir.agent.event;

import static java.lang.Byte.toUnsignedInt;
import static java.lang.Integer.toUnsignedLong;
import static java.lang.Short.toUnsignedInt;
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
import java.util.Objects;

/**
 * One report of the kernel about one TCP socket: {@code struct tcp_event}, read in place.
 *
 * <p>Counters are the socket's own since it was made, so a report supersedes the earlier ones of
 * its connection. One thread; valid while the memory it was pointed at holds the event.
 */
public final class TcpEventView {
    /** Bytes of one event. */
    public static final int BYTES = Math.toIntExact(tcp_event.sizeof());

    private static final long VERSION = tcp_event.version$offset();
    private static final long FLAGS = tcp_event.flags$offset();
    private static final long STATE = tcp_event.state$offset();
    private static final long OLD_STATE = tcp_event.old_state$offset();
    private static final long FAMILY = tcp_event.family$offset();
    private static final long CA_STATE = tcp_event.ca_state$offset();
    private static final long TIME_NS = tcp_event.time_ns$offset();
    private static final long COOKIE = tcp_event.cookie$offset();
    private static final long OPEN_NS = tcp_event.open_ns$offset();
    private static final long ESTABLISHED_NS = tcp_event.established_ns$offset();
    private static final long BYTES_SENT = tcp_event.bytes_sent$offset();
    private static final long BYTES_RETRANS = tcp_event.bytes_retrans$offset();
    private static final long BYTES_ACKED = tcp_event.bytes_acked$offset();
    private static final long BYTES_RECEIVED = tcp_event.bytes_received$offset();
    private static final long CGROUP_ID = tcp_event.cgroup_id$offset();
    private static final long NETNS = tcp_event.netns$offset();
    private static final long PID = tcp_event.pid$offset();
    private static final long UID = tcp_event.uid$offset();
    private static final long LOCAL_ADDR = tcp_event.local_addr$offset();
    private static final long REMOTE_ADDR = tcp_event.remote_addr$offset();
    private static final long LOCAL_PORT = tcp_event.local_port$offset();
    private static final long REMOTE_PORT = tcp_event.remote_port$offset();
    private static final long STATES = tcp_event.states$offset();
    private static final long ERR = tcp_event.err$offset();
    private static final long COMM = tcp_event.comm$offset();
    private static final long SRTT_US = tcp_event.srtt_us$offset();
    private static final long RTTVAR_US = tcp_event.rttvar_us$offset();
    private static final long MIN_RTT_US = tcp_event.min_rtt_us$offset();
    private static final long SND_CWND = tcp_event.snd_cwnd$offset();
    private static final long SND_SSTHRESH = tcp_event.snd_ssthresh$offset();
    private static final long MSS = tcp_event.mss$offset();
    private static final long SEGS_OUT = tcp_event.segs_out$offset();
    private static final long SEGS_IN = tcp_event.segs_in$offset();
    private static final long DATA_SEGS_OUT = tcp_event.data_segs_out$offset();
    private static final long DATA_SEGS_IN = tcp_event.data_segs_in$offset();
    private static final long SEGS_RETRANS = tcp_event.segs_retrans$offset();
    private static final long DELIVERED = tcp_event.delivered$offset();
    private static final long REORDERING_SEEN = tcp_event.reordering_seen$offset();
    private static final long OOO_SEGS = tcp_event.ooo_segs$offset();
    private static final long ERR_SOFT = tcp_event.err_soft$offset();
    private static final long LOST = tcp_event.lost$offset();
    private static final long PACKETS_OUT = tcp_event.packets_out$offset();
    private static final long SND_WND = tcp_event.snd_wnd$offset();
    private static final long RCV_WND = tcp_event.rcv_wnd$offset();
    private static final long UNSENT = tcp_event.unsent$offset();
    private static final long UNREAD = tcp_event.unread$offset();
    private static final long RATE_DELIVERED = tcp_event.rate_delivered$offset();
    private static final long RATE_INTERVAL_US = tcp_event.rate_interval_us$offset();
    private static final long DELIVERED_CE = tcp_event.delivered_ce$offset();

    private static final int EVENT_VERSION = TcpEventAbi.WEIR_EVENT_VERSION();
    private static final int OPENED = TcpEventAbi.WEIR_OPENED();
    private static final int CLOSED = TcpEventAbi.WEIR_CLOSED();
    private static final int FAILED = TcpEventAbi.WEIR_FAILED();
    private static final int CLIENT = TcpEventAbi.WEIR_CLIENT();
    private static final int SERVER = TcpEventAbi.WEIR_SERVER();
    private static final int ADOPTED = TcpEventAbi.WEIR_ADOPTED();
    private static final int FIN_RECEIVED = TcpEventAbi.WEIR_FIN_RECEIVED();
    private static final int LISTEN = TcpEventAbi.WEIR_LISTEN();
    private static final int LOCAL_FIRST = TcpEventAbi.WEIR_LOCAL_FIRST();
    private static final int REMOTE_FIRST = TcpEventAbi.WEIR_REMOTE_FIRST();
    private static final int V4_MAPPED = TcpEventAbi.WEIR_V4_MAPPED();
    private static final int MPTCP = TcpEventAbi.WEIR_MPTCP();
    private static final int SAMPLED = TcpEventAbi.WEIR_SAMPLED();

    private static final long NO_MIN_RTT = 0xffff_ffffL;
    private static final int AF_INET6 = 10;

    private static final ValueLayout.OfLong NETWORK_LONG =
            JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort NETWORK_SHORT =
            JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private MemorySegment memory;
    private long base;

    /**
     * Points this view at the event at an offset.
     *
     * @throws IndexOutOfBoundsException if the memory ends before the event does
     */
    public TcpEventView wrap(MemorySegment memory, long offset) {
        base = Objects.checkFromIndexSize(offset, BYTES, memory.byteSize());
        this.memory = memory;
        return this;
    }

    /** Whether the kernel's program speaks this agent's version of the event. */
    public boolean isKnownVersion() {
        return u16(VERSION) == EVENT_VERSION;
    }

    /** The first report of a connection whose opening was seen, or a listener which appeared. */
    public boolean isOpened() {
        return has(OPENED);
    }

    /** The last report: the socket went to CLOSE. */
    public boolean isClosed() {
        return has(CLOSED);
    }

    /** With {@link #isClosed}: the connection never reached ESTABLISHED. */
    public boolean isFailed() {
        return has(FAILED);
    }

    /** Active open. */
    public boolean isClient() {
        return has(CLIENT);
    }

    /** Passive open. */
    public boolean isServer() {
        return has(SERVER);
    }

    /** The connection is older than the hooks: its counters hold history nobody reported. */
    public boolean isAdopted() {
        return has(ADOPTED);
    }

    /** About a listener: {@link #localAddress} and {@link #localPort} are where it listens. */
    public boolean isListen() {
        return has(LISTEN);
    }

    /** This end's FIN went first. */
    public boolean isLocalFirst() {
        return has(LOCAL_FIRST);
    }

    /** The other end's FIN came first. */
    public boolean isRemoteFirst() {
        return has(REMOTE_FIRST);
    }

    /** An IPv6 socket which speaks IPv4. */
    public boolean isV4Mapped() {
        return has(V4_MAPPED);
    }

    /** Whether the socket is an IPv6 one, v4-mapped ones included. */
    public boolean isInet6() {
        return toUnsignedInt(memory.get(JAVA_BYTE, base + FAMILY)) == AF_INET6;
    }

    /** A subflow of an MPTCP connection. */
    public boolean isMptcp() {
        return has(MPTCP);
    }

    /** Not an event: what an {@code inet_diag} dump says of the socket, under its lock. */
    public boolean isSampled() {
        return has(SAMPLED);
    }

    /** TCP state after this event, numbered as {@code include/net/tcp_states.h}. */
    public int state() {
        return toUnsignedInt(memory.get(JAVA_BYTE, base + STATE));
    }

    /** State before it; differs at transitions. */
    public int oldState() {
        return toUnsignedInt(memory.get(JAVA_BYTE, base + OLD_STATE));
    }

    /** Bit n is set if TCP state n was entered: {@code TCPF_*}. */
    public int states() {
        return u16(STATES);
    }

    /** Congestion state, 0 open to 4 loss: {@code inet_connection_sock.icsk_ca_state}. */
    public int congestionState() {
        return toUnsignedInt(memory.get(JAVA_BYTE, base + CA_STATE));
    }

    /** errno that ended the connection, 0 none: {@code sock.sk_err}, else {@code sk_err_soft}. */
    public int errno() {
        int err = u16(ERR);
        return err != 0 ? err : memory.get(JAVA_INT_UNALIGNED, base + ERR_SOFT);
    }

    /** errno reported to the application, 0 none: {@code sock.sk_err}. */
    public int hardErrno() {
        return u16(ERR);
    }

    /** When this was read from the socket, ns of CLOCK_MONOTONIC. */
    public long timeNs() {
        return i64(TIME_NS);
    }

    /** SYN sent or received, ns of CLOCK_MONOTONIC; 0 before the hooks. */
    public long openNs() {
        return i64(OPEN_NS);
    }

    /** Handshake done, ns of CLOCK_MONOTONIC; 0 not seen. */
    public long establishedNs() {
        return i64(ESTABLISHED_NS);
    }

    /** The socket's name within its namespace and boot: {@code sock_common.skc_cookie}. */
    public long cookie() {
        return i64(COOKIE);
    }

    /** Inode of the network namespace: {@code net.ns.inum}. */
    public long netns() {
        return u32(NETNS);
    }

    /** Process which owns the socket, as seen in its own context; 0 unknown. */
    public long pid() {
        return u32(PID);
    }

    /** User of {@link #pid}; meaningless without. */
    public long uid() {
        return u32(UID);
    }

    /** First half of the owner's name, as {@link Comm} decodes it. */
    public long commFirst() {
        return i64(COMM);
    }

    /** Second half of the owner's name. */
    public long commSecond() {
        return i64(COMM + Long.BYTES);
    }

    /** cgroup v2 id of the owner; 0 unknown. */
    public long cgroupId() {
        return i64(CGROUP_ID);
    }

    /** Local address; allocates. */
    public IpAddress localAddress() {
        return new IpAddress(localAddressHigh(), localAddressLow());
    }

    /** Bytes 0 to 7 of the local address. */
    public long localAddressHigh() {
        return memory.get(NETWORK_LONG, base + LOCAL_ADDR);
    }

    /** Bytes 8 to 15 of the local address. */
    public long localAddressLow() {
        return memory.get(NETWORK_LONG, base + LOCAL_ADDR + Long.BYTES);
    }

    /** Remote address; allocates. */
    public IpAddress remoteAddress() {
        return new IpAddress(remoteAddressHigh(), remoteAddressLow());
    }

    /** Bytes 0 to 7 of the remote address. */
    public long remoteAddressHigh() {
        return memory.get(NETWORK_LONG, base + REMOTE_ADDR);
    }

    /** Bytes 8 to 15 of the remote address. */
    public long remoteAddressLow() {
        return memory.get(NETWORK_LONG, base + REMOTE_ADDR + Long.BYTES);
    }

    /** Local port: {@code inet_sock.inet_sport}, still there when {@code skc_num} is not. */
    public int localPort() {
        return toUnsignedInt(memory.get(NETWORK_SHORT, base + LOCAL_PORT));
    }

    /** Remote port: {@code sock_common.skc_dport}. */
    public int remotePort() {
        return toUnsignedInt(memory.get(NETWORK_SHORT, base + REMOTE_PORT));
    }

    /** Payload bytes sent once: {@code tcp_sock.bytes_sent − bytes_retrans}. */
    public long payloadSent() {
        return Math.max(0, i64(BYTES_SENT) - i64(BYTES_RETRANS));
    }

    /** Payload bytes received: {@code tcp_sock.bytes_received} without the peer's FIN. */
    public long payloadReceived() {
        return Math.max(0, i64(BYTES_RECEIVED) - (has(FIN_RECEIVED) ? 1 : 0));
    }

    /** Payload bytes sent again: {@code tcp_sock.bytes_retrans}. */
    public long bytesRetransmitted() {
        return i64(BYTES_RETRANS);
    }

    /** Sequence space acknowledged, SYN and FIN one each: {@code tcp_sock.bytes_acked}. */
    public long bytesAcked() {
        return i64(BYTES_ACKED);
    }

    /** Segments sent, low 32 bits of the count: {@code tcp_sock.segs_out}. */
    public int segmentsSent() {
        return memory.get(JAVA_INT_UNALIGNED, base + SEGS_OUT);
    }

    /** Segments received, low 32 bits: {@code tcp_sock.segs_in}. */
    public int segmentsReceived() {
        return memory.get(JAVA_INT_UNALIGNED, base + SEGS_IN);
    }

    /** Segments sent with payload, low 32 bits: {@code tcp_sock.data_segs_out}. */
    public int dataSegmentsSent() {
        return memory.get(JAVA_INT_UNALIGNED, base + DATA_SEGS_OUT);
    }

    /** Segments received with payload, low 32 bits: {@code tcp_sock.data_segs_in}. */
    public int dataSegmentsReceived() {
        return memory.get(JAVA_INT_UNALIGNED, base + DATA_SEGS_IN);
    }

    /** Segments sent again, low 32 bits: {@code tcp_sock.total_retrans}. */
    public int segmentsRetransmitted() {
        return memory.get(JAVA_INT_UNALIGNED, base + SEGS_RETRANS);
    }

    /** Data segments acknowledged, low 32 bits: {@code tcp_sock.delivered}. */
    public int segmentsDelivered() {
        return memory.get(JAVA_INT_UNALIGNED, base + DELIVERED);
    }

    /** Those with an ECN mark, low 32 bits: {@code tcp_sock.delivered_ce}. */
    public int segmentsDeliveredCe() {
        return memory.get(JAVA_INT_UNALIGNED, base + DELIVERED_CE);
    }

    /** Segments marked lost, low 32 bits: {@code tcp_sock.lost}. */
    public int segmentsLost() {
        return memory.get(JAVA_INT_UNALIGNED, base + LOST);
    }

    /** Segments received out of order, low 32 bits: {@code tcp_sock.rcv_ooopack}. */
    public int segmentsOutOfOrder() {
        return memory.get(JAVA_INT_UNALIGNED, base + OOO_SEGS);
    }

    /** Reordering events, low 32 bits: {@code tcp_sock.reord_seen}. */
    public int reorderings() {
        return memory.get(JAVA_INT_UNALIGNED, base + REORDERING_SEEN);
    }

    /** Smoothed round trip in µs, 0 before the first sample: {@code tcp_sock.srtt_us >> 3}. */
    public long srttUs() {
        return u32(SRTT_US);
    }

    /** Its mean deviation in µs: {@code tcp_sock.mdev_us >> 2}. */
    public long rttVarUs() {
        return u32(RTTVAR_US);
    }

    /** Least round trip in µs, 0 before the first sample: {@code tcp_sock.rtt_min}. */
    public long minRttUs() {
        long minRttUs = u32(MIN_RTT_US);
        return minRttUs == NO_MIN_RTT ? 0 : minRttUs;
    }

    /** Segments allowed in flight: {@code tcp_sock.snd_cwnd}. */
    public long congestionWindow() {
        return u32(SND_CWND);
    }

    /** Segments: {@code tcp_sock.snd_ssthresh}. */
    public long slowStartThreshold() {
        return u32(SND_SSTHRESH);
    }

    /** Payload bytes per segment: {@code tcp_sock.mss_cache}. */
    public long mss() {
        return u32(MSS);
    }

    /** Bytes the peer is ready to take: {@code tcp_sock.snd_wnd}. */
    public long sendWindow() {
        return u32(SND_WND);
    }

    /** Bytes this end is ready to take: {@code tcp_sock.rcv_wnd}. */
    public long receiveWindow() {
        return u32(RCV_WND);
    }

    /** Segments in flight: {@code tcp_sock.packets_out}. */
    public long inFlight() {
        return u32(PACKETS_OUT);
    }

    /** Bytes written and not yet sent: {@code write_seq − snd_nxt}. */
    public long unsentBytes() {
        return u32(UNSENT);
    }

    /** Bytes received and not yet read: {@code rcv_nxt − copied_seq}. */
    public long unreadBytes() {
        return u32(UNREAD);
    }

    /** Bytes per second of the last delivery sample, 0 without: {@code net/ipv4/tcp_rate.c}. */
    public long deliveryRateBytesPerSecond() {
        long intervalUs = u32(RATE_INTERVAL_US);
        return intervalUs == 0 ? 0 : u32(RATE_DELIVERED) * mss() * 1_000_000 / intervalUs;
    }

    private boolean has(int flag) {
        return (memory.get(JAVA_SHORT_UNALIGNED, base + FLAGS) & flag) != 0;
    }

    private int u16(long field) {
        return toUnsignedInt(memory.get(JAVA_SHORT_UNALIGNED, base + field));
    }

    private long u32(long field) {
        return toUnsignedLong(memory.get(JAVA_INT_UNALIGNED, base + field));
    }

    private long i64(long field) {
        return memory.get(JAVA_LONG_UNALIGNED, base + field);
    }
}
