package io.weir.bench;

import io.weir.agent.netlink.DiagAttribute;
import io.weir.agent.netlink.MessageWalker;
import io.weir.agent.netlink.MessageWalker.Kind;
import io.weir.agent.netlink.SocketView;
import io.weir.agent.netlink.TcpInfoView;
import io.weir.testkit.NetlinkBytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What one socket of a dump costs to decode, and what it allocates: nothing. */
@State(Scope.Thread)
public class SocketViewBenchmark {
    private static final int SOCKETS = 40;

    private final MessageWalker walker = new MessageWalker();
    private final SocketView view = new SocketView();
    private MemorySegment bare;
    private MemorySegment full;

    /** Two buffers as one receive call fills them, a little less than 32 KiB. */
    @Setup
    public void fill() {
        NetlinkBytes headers = new NetlinkBytes();
        NetlinkBytes all = new NetlinkBytes();
        for (int i = 0; i < SOCKETS; i++) {
            headers.socket();
            all.socket(10, 1, "2001:db8::1", 443, "::ffff:10.0.0.2", i);
            asAsked(all);
        }
        bare = nativeCopy(headers);
        full = nativeCopy(all);
        walker.wrap(bare, 0, 0);
    }

    /** All that Linux 6.18 answers of a BBR socket when asked for everything, in its order. */
    private static void asAsked(NetlinkBytes socket) {
        socket.u8(DiagAttribute.SHUTDOWN, 0)
                .u8(DiagAttribute.TOS, 0)
                .u8(DiagAttribute.TCLASS, 0)
                .u32(DiagAttribute.MARK, 0)
                .u32(DiagAttribute.CLASS_ID, 0)
                .u64(DiagAttribute.CGROUP_ID, 1)
                .attribute(DiagAttribute.SOCKOPT, new byte[2])
                .u32(DiagAttribute.MEMINFO, 1, 2, 3, 4)
                .u32(DiagAttribute.SKMEMINFO, 1, 2, 3, 4, 5, 6, 7, 8, 9)
                .tcpInfo(280)
                .text(DiagAttribute.CONG, "bbr")
                .u32(DiagAttribute.BBRINFO, 1, 2, 3, 4, 5);
    }

    private static MemorySegment nativeCopy(NetlinkBytes bytes) {
        byte[] array = bytes.array();
        return Arena.global().allocate(array.length, 64).copyFrom(MemorySegment.ofArray(array));
    }

    private SocketView next(MemorySegment buffer) {
        if (walker.next() == Kind.END) {
            walker.wrap(buffer, 0, buffer.byteSize()).next();
        }
        return view.wrap(buffer, walker.offset(), walker.length());
    }

    /** The message without attributes: who the socket is. */
    @Benchmark
    public long header() {
        return identity(next(bare));
    }

    /** The message with 12 attributes, of which only {@code tcp_info}'s 72 fields are read. */
    @Benchmark
    public long tcpInfo() {
        return sum(next(full).tcpInfo());
    }

    /** Every number of the message and of its 12 attributes. */
    @Benchmark
    public long everything() {
        SocketView socket = next(full);
        long memory = 0;
        for (int i = 0; i < 4; i++) {
            memory += socket.memInfo(i);
        }
        for (int i = 0; i < 9; i++) {
            memory += socket.skMemInfo(i);
        }
        long options =
                0L
                        + socket.congestion().length()
                        + socket.tos()
                        + socket.tclass()
                        + socket.shutdown()
                        + socket.sockopt();
        long marks = socket.mark() + socket.classId() + socket.cgroupId();
        long bbr =
                socket.bbrBandwidth()
                        + socket.bbrMinRttUs()
                        + socket.bbrPacingGain()
                        + socket.bbrCwndGain();
        return identity(socket) + sum(socket.tcpInfo()) + memory + options + marks + bbr;
    }

    // In groups: one long sum would be a chain of additions, which takes longer than the reading.
    private static long identity(SocketView socket) {
        long part0 =
                0L
                        + socket.family()
                        + socket.state()
                        + socket.timer()
                        + socket.retransmits()
                        + socket.localPort()
                        + socket.remotePort()
                        + socket.localAddressHigh()
                        + socket.localAddressLow();
        long part1 =
                0L
                        + socket.remoteAddressHigh()
                        + socket.remoteAddressLow()
                        + socket.ifindex()
                        + socket.cookie()
                        + socket.expiresMs()
                        + socket.receiveQueue()
                        + socket.sendQueue()
                        + socket.uid();
        long part2 = 0L + socket.inode();
        return part0 + part1 + part2;
    }

    private static long sum(TcpInfoView info) {
        long part0 =
                0L
                        + info.state()
                        + info.caState()
                        + info.retransmits()
                        + info.probes()
                        + info.backoff()
                        + info.options()
                        + info.sndWscale()
                        + info.rcvWscale();
        long part1 =
                0L
                        + info.deliveryRateAppLimited()
                        + info.fastopenClientFail()
                        + info.rto()
                        + info.ato()
                        + info.sndMss()
                        + info.rcvMss()
                        + info.unacked()
                        + info.sacked();
        long part2 =
                0L
                        + info.lost()
                        + info.retrans()
                        + info.fackets()
                        + info.lastDataSent()
                        + info.lastAckSent()
                        + info.lastDataRecv()
                        + info.lastAckRecv()
                        + info.pmtu();
        long part3 =
                0L
                        + info.rcvSsthresh()
                        + info.rtt()
                        + info.rttvar()
                        + info.sndSsthresh()
                        + info.sndCwnd()
                        + info.advmss()
                        + info.reordering()
                        + info.rcvRtt();
        long part4 =
                0L
                        + info.rcvSpace()
                        + info.totalRetrans()
                        + info.pacingRate()
                        + info.maxPacingRate()
                        + info.bytesAcked()
                        + info.bytesReceived()
                        + info.segsOut()
                        + info.segsIn();
        long part5 =
                0L
                        + info.notsentBytes()
                        + info.minRtt()
                        + info.dataSegsIn()
                        + info.dataSegsOut()
                        + info.deliveryRate()
                        + info.busyTime()
                        + info.rwndLimited()
                        + info.sndbufLimited();
        long part6 =
                0L
                        + info.delivered()
                        + info.deliveredCe()
                        + info.bytesSent()
                        + info.bytesRetrans()
                        + info.dsackDups()
                        + info.reordSeen()
                        + info.rcvOoopack()
                        + info.sndWnd();
        long part7 =
                0L
                        + info.rcvWnd()
                        + info.rehash()
                        + info.totalRto()
                        + info.totalRtoRecoveries()
                        + info.totalRtoTime()
                        + info.receivedCe()
                        + info.deliveredE1Bytes()
                        + info.deliveredE0Bytes();
        long part8 =
                0L
                        + info.deliveredCeBytes()
                        + info.receivedE1Bytes()
                        + info.receivedE0Bytes()
                        + info.receivedCeBytes()
                        + info.ecnMode()
                        + info.accecnOptSeen()
                        + info.accecnFailMode()
                        + info.options2();
        return part0 + part1 + part2 + part3 + part4 + part5 + part6 + part7 + part8;
    }
}
