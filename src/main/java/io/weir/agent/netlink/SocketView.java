package io.weir.agent.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.weir.net.IpAddress;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * What the kernel says of one socket: {@code struct inet_diag_msg} and its attributes; {@code
 * net/ipv4/inet_diag.c:inet_sk_diag_fill}.
 *
 * <p>{@link #wrap} copies the message and finds its attributes in one pass; getters read when asked,
 * and hold until the next message. Attributes of unknown types are skipped and counted, and longer
 * ones are read as far as they are known. A number whose attribute is absent or too short is -1. One
 * thread; allocates nothing but each name once.
 */
public final class SocketView {
    /** Header and {@code struct inet_diag_msg}: no shorter message is a socket. */
    public static final int MIN_LENGTH = 88;

    private static final int FAMILY = 16;
    private static final int STATE = 17;
    private static final int TIMER = 18;
    private static final int RETRANS = 19;
    private static final int SPORT = 20;
    private static final int DPORT = 22;
    private static final int SRC = 24;
    private static final int DST = 40;
    private static final int INTERFACE = 56;
    private static final int COOKIE = 60;
    private static final int EXPIRES = 68;
    private static final int RQUEUE = 72;
    private static final int WQUEUE = 76;
    private static final int UID = 80;
    private static final int INODE = 84;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final long MAPPED_PREFIX = 0xffffL << 32;

    /** Enough for all that is asked of a TCP socket. */
    private static final int USUAL_LENGTH = 2048;

    private final Attributes attributes = new Attributes();
    private final TcpInfoView tcpInfo = new TcpInfoView();
    private final Names congestions = new Names();
    private final UlpView ulp = new UlpView();
    private int[] words = new int[USUAL_LENGTH / Integer.BYTES];
    private MemorySegment copy = MemorySegment.ofArray(words);
    private int length;
    private long origin;

    /**
     * Takes over a message.
     *
     * @param offset of its {@code struct nlmsghdr}
     * @param length its {@code nlmsg_len}
     * @throws MalformedNetlinkException if it is no internet socket, or an attribute runs past it
     */
    public SocketView wrap(MemorySegment memory, long offset, int length) {
        origin = Objects.checkFromIndexSize(offset, length, memory.byteSize());
        if (length < MIN_LENGTH) {
            throw new MalformedNetlinkException(
                    offset, "a socket's message has length " + length + ", less than 88");
        }
        if (copy.byteSize() < length) {
            grow(length);
        }
        MemorySegment.copy(memory, offset, copy, 0, length);
        this.length = length;
        int family = family();
        if (family != AF_INET && family != AF_INET6) {
            throw new MalformedNetlinkException(
                    offset + FAMILY, "a socket's family is " + family + ", neither 2 nor 10");
        }
        if (attributes.find(words, offset, MIN_LENGTH, length)) {
            wrapTcpInfo();
        }
        wrapUlp();
        return this;
    }

    private void grow(int length) {
        words = new int[Math.ceilDiv(length, Integer.BYTES)];
        copy = MemorySegment.ofArray(words);
        attributes.clear(); // so that all is found anew, in the new array
    }

    private void wrapTcpInfo() {
        int info = attributes.length(DiagAttribute.INFO);
        tcpInfo.wrap(words, info == 0 ? 0 : attributes.word(DiagAttribute.INFO), info);
    }

    private void wrapUlp() {
        if (attributes.has(DiagAttribute.ULP_INFO)) {
            int from = attributes.offset(DiagAttribute.ULP_INFO);
            ulp.wrap(words, origin, from, from + attributes.length(DiagAttribute.ULP_INFO));
        } else {
            ulp.clear();
        }
    }

    /** A copy of the whole message, its header included. Allocates. */
    public byte[] message() {
        return copy.asSlice(0, length).toArray(JAVA_BYTE);
    }

    /** {@code AF_INET} 2 or {@code AF_INET6} 10, v4-mapped sockets included. */
    public int family() {
        return u8(FAMILY);
    }

    /** Whether the socket is an IPv6 one, v4-mapped ones included. */
    public boolean isInet6() {
        return family() == AF_INET6;
    }

    /** TCP state, numbered as {@code include/net/tcp_states.h}. */
    public int state() {
        return u8(STATE);
    }

    /** What runs: 0 nothing, 1 retransmission, 2 keep-alive, 3 TIME_WAIT, 4 zero-window probe. */
    public int timer() {
        return u8(TIMER);
    }

    /** Retransmissions, or probes, of that timer. */
    public int retransmits() {
        return u8(RETRANS);
    }

    /** Milliseconds until that timer expires. */
    public long expiresMs() {
        return u32(EXPIRES);
    }

    /** This end's port, 0 if not bound. */
    public int localPort() {
        return Bytes.networkU16(words, 0, SPORT);
    }

    /** The other end's port, 0 of a listener. */
    public int remotePort() {
        return Bytes.networkU16(words, 0, DPORT);
    }

    /** This end's address. Allocates; {@link #localAddressHigh} and {@code Low} do not. */
    public IpAddress localAddress() {
        return new IpAddress(localAddressHigh(), localAddressLow());
    }

    /** Bytes 0 to 7 of this end's address, 0 if it is IPv4. */
    public long localAddressHigh() {
        return high(SRC);
    }

    /** Bytes 8 to 15 of this end's address; an IPv4 one is mapped, {@code ::ffff:a.b.c.d}. */
    public long localAddressLow() {
        return low(SRC);
    }

    /** The other end's address. Allocates; {@link #remoteAddressHigh} and {@code Low} do not. */
    public IpAddress remoteAddress() {
        return new IpAddress(remoteAddressHigh(), remoteAddressLow());
    }

    /** Bytes 0 to 7 of the other end's address, 0 if it is IPv4. */
    public long remoteAddressHigh() {
        return high(DST);
    }

    /** Bytes 8 to 15 of the other end's address; an IPv4 one is mapped. */
    public long remoteAddressLow() {
        return low(DST);
    }

    private long high(int address) {
        return isInet6() ? Bytes.networkI64(words, 0, address) : 0;
    }

    private long low(int address) {
        return isInet6()
                ? Bytes.networkI64(words, 0, address + Long.BYTES)
                : MAPPED_PREFIX | Bytes.networkU32(words, 0, address);
    }

    /** The interface it is bound to, 0 none. */
    public long ifindex() {
        return u32(INTERFACE);
    }

    /** The socket's cookie, the same as eBPF's; unsigned. */
    public long cookie() {
        return Bytes.i64(words, 0, COOKIE);
    }

    /** Bytes received and not read; of a listener, connections not accepted. */
    public long receiveQueue() {
        return u32(RQUEUE);
    }

    /** Bytes written and not acknowledged; of a listener, its backlog. */
    public long sendQueue() {
        return u32(WQUEUE);
    }

    /** The owner's uid, 0 also of TIME_WAIT and of half-open connections. */
    public long uid() {
        return u32(UID);
    }

    /** The socket's inode, 0 if no process has it open. */
    public long inode() {
        return u32(INODE);
    }

    /** Whether there is an attribute: one of {@link DiagAttribute}'s numbers, or another below 64. */
    public boolean has(int attribute) {
        return attributes.has(attribute);
    }

    /** Bytes of an attribute's value, 0 if it is absent. */
    public int length(int attribute) {
        return attributes.length(attribute);
    }

    /** Offset of an attribute's value in the memory, -1 if it is absent. */
    public long offset(int attribute) {
        return attributes.has(attribute) ? origin + attributes.offset(attribute) : -1;
    }

    /** Bit n is set if attribute n is there; n below 64. */
    public long attributes() {
        return attributes.seen();
    }

    /** Attributes of types this agent does not know. */
    public int unknownAttributes() {
        return Long.bitCount(attributes.seen() & ~DiagAttribute.KNOWN) + attributes.beyond();
    }

    /** Known attributes which are longer than this agent knows them. */
    public int longerAttributes() {
        int longer = 0;
        long left = attributes.seen() & DiagAttribute.KNOWN;
        while (left != 0) {
            int type = Long.numberOfTrailingZeros(left);
            left &= left - 1;
            if (attributes.length(type) > DiagAttribute.maxLength(type)) {
                longer++;
            }
        }
        return longer;
    }

    /** TCP's own account; its length is 0 if the socket came without. */
    public TcpInfoView tcpInfo() {
        return tcpInfo;
    }

    /** What runs between TCP and the application; its name is empty if nothing. */
    public UlpView ulp() {
        return ulp;
    }

    /** Name of the congestion control, such as {@code cubic}; empty if absent. */
    public String congestion() {
        return attributes.text(DiagAttribute.CONG, congestions);
    }

    /**
     * One number of {@code struct inet_diag_meminfo}, in bytes: {@link DiagAttribute#RMEM} to {@link
     * DiagAttribute#TMEM}.
     */
    public long memInfo(int index) {
        return attributes.u32(DiagAttribute.MEMINFO, index * Integer.BYTES);
    }

    /**
     * One of the nine numbers of {@code SK_MEMINFO_*}: {@link DiagAttribute#RMEM_ALLOC} to {@link
     * DiagAttribute#DROPS}. Kernels before 4.6 send eight.
     */
    public long skMemInfo(int index) {
        return attributes.u32(DiagAttribute.SKMEMINFO, index * Integer.BYTES);
    }

    /** Whether {@link #bbrBandwidth} is there. */
    public boolean hasBbr() {
        return attributes.has(DiagAttribute.BBRINFO, 2 * Integer.BYTES);
    }

    /** BBR's estimate of the bandwidth, bytes per second; 0 if absent. */
    public long bbrBandwidth() {
        return hasBbr()
                ? (attributes.u32(DiagAttribute.BBRINFO, Integer.BYTES) << 32)
                        | attributes.u32(DiagAttribute.BBRINFO, 0)
                : 0;
    }

    /** BBR's least round-trip time, µs. */
    public long bbrMinRttUs() {
        return attributes.u32(DiagAttribute.BBRINFO, 8);
    }

    /** BBR's pacing gain, in 256ths. */
    public long bbrPacingGain() {
        return attributes.u32(DiagAttribute.BBRINFO, 12);
    }

    /** BBR's gain of the congestion window, in 256ths. */
    public long bbrCwndGain() {
        return attributes.u32(DiagAttribute.BBRINFO, 16);
    }

    /** Whether DCTCP is at work, 0 if it fell back to Reno. */
    public int dctcpEnabled() {
        return attributes.u16(DiagAttribute.DCTCPINFO);
    }

    /** Whether DCTCP's receiver last saw a congestion mark. */
    public int dctcpCeState() {
        return attributes.u16(DiagAttribute.DCTCPINFO, 2);
    }

    /** DCTCP's estimate of the marked share, in 1024ths. */
    public long dctcpAlpha() {
        return attributes.u32(DiagAttribute.DCTCPINFO, 4);
    }

    /** Bytes acknowledged with a mark in DCTCP's current window. */
    public long dctcpAbEcn() {
        return attributes.u32(DiagAttribute.DCTCPINFO, 8);
    }

    /** Bytes acknowledged in DCTCP's current window. */
    public long dctcpAbTot() {
        return attributes.u32(DiagAttribute.DCTCPINFO, 12);
    }

    /** Whether Vegas is at work; other algorithms report as Vegas does. */
    public long vegasEnabled() {
        return attributes.u32(DiagAttribute.VEGASINFO, 0);
    }

    /** Round-trip times Vegas measured in the last one. */
    public long vegasRttcnt() {
        return attributes.u32(DiagAttribute.VEGASINFO, 4);
    }

    /** Vegas' propagation delay, µs; 2147483647 unknown. */
    public long vegasRttUs() {
        return attributes.u32(DiagAttribute.VEGASINFO, 8);
    }

    /** Vegas' least round-trip time in the last one, µs; 2147483647 unknown. */
    public long vegasMinrttUs() {
        return attributes.u32(DiagAttribute.VEGASINFO, 12);
    }

    /** IPv4's type of service; there for IPv6 sockets as well. */
    public int tos() {
        return attributes.u8(DiagAttribute.TOS);
    }

    /** IPv6's traffic class. */
    public int tclass() {
        return attributes.u8(DiagAttribute.TCLASS);
    }

    /** Bit 0: the reading side was shut down; bit 1: the writing side. */
    public int shutdown() {
        return attributes.u8(DiagAttribute.SHUTDOWN);
    }

    /** Whether an IPv6 socket refuses IPv4, 1 or 0; of listeners and closed sockets only. */
    public int v6only() {
        return attributes.u8(DiagAttribute.SKV6ONLY);
    }

    /** IP protocol, of raw sockets only. */
    public int protocol() {
        return attributes.u8(DiagAttribute.PROTOCOL);
    }

    /** {@code SO_MARK}; only with CAP_NET_ADMIN. */
    public long mark() {
        return attributes.u32(DiagAttribute.MARK);
    }

    /** {@code net_cls} class, or the socket's priority. */
    public long classId() {
        return attributes.u32(DiagAttribute.CLASS_ID);
    }

    /** Whether {@link #cgroupId} is there. */
    public boolean hasCgroupId() {
        return attributes.has(DiagAttribute.CGROUP_ID, Long.BYTES);
    }

    /** Inode of the cgroup v2 directory, 0 if absent; since Linux 5.8. */
    public long cgroupId() {
        return attributes.u64(DiagAttribute.CGROUP_ID);
    }

    /**
     * The bits of {@code struct inet_diag_sockopt}, {@link DiagAttribute#SOCKOPTS} in order from bit
     * 0; since Linux 5.10.
     */
    public int sockopt() {
        int both = attributes.u16(DiagAttribute.SOCKOPT);
        return both >= 0 ? both : attributes.u8(DiagAttribute.SOCKOPT);
    }

    private int u8(int at) {
        return Bytes.u8(words, 0, at);
    }

    private long u32(int at) {
        return Bytes.u32(words, 0, at);
    }
}
