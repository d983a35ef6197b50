package io.weir.agent;

import io.weir.agent.event.TcpEventWriter;
import io.weir.agent.event.abi.TcpEventAbi;
import io.weir.agent.netlink.DiagAttribute;
import io.weir.agent.netlink.SocketHandler;
import io.weir.agent.netlink.SocketView;
import io.weir.agent.netlink.TcpInfoField;
import io.weir.agent.netlink.TcpInfoView;
import io.weir.agent.proc.NamespaceList;
import io.weir.agent.proc.NetworkNamespace;
import io.weir.record.TcpState;

/**
 * Gives what a dump says of a socket the shape of an event, so that it goes the same way. Poller's
 * thread.
 */
final class DumpSampler implements SocketHandler {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final long MAPPED_HIGH_HALF = 0xffffL;
    private static final long U32 = 0xffff_ffffL;
    private static final long US_PER_S = 1_000_000;
    private static final long RATE_SEGMENTS = 1_000;

    /** In these the peer's FIN has arrived, and {@code bytes_received} counts it. */
    private static final int AFTER_THEIR_FIN =
            TcpState.CLOSE_WAIT.bit() | TcpState.LAST_ACK.bit() | TcpState.CLOSING.bit();

    private static final int NOT_SOCKETS = TcpState.TIME_WAIT.bit() | TcpState.CLOSE.bit();

    private final SampleQueue queue;
    private final TcpEventWriter event = new TcpEventWriter();
    private SampleChunk chunk;

    DumpSampler(SampleQueue queue) {
        this.queue = queue;
    }

    @Override
    public void onNamespaceStart(NetworkNamespace namespace, long startNs) {
        chunk().addDump(startNs);
    }

    @Override
    public void onNamespaceRestart(NetworkNamespace namespace, long startNs) {
        chunk().addDump(startNs); // samples told before stay true
    }

    @Override
    public void onSocket(long netns, SocketView socket, long receiveTimeNs) {
        TcpInfoView info = socket.tcpInfo();
        boolean listens = socket.state() == TcpState.LISTEN.number();
        if (((1 << socket.state()) & NOT_SOCKETS) != 0 || (info.length() == 0 && !listens)) {
            return;
        }
        event.wrap(chunk().addSample(), 0)
                .netns(netns)
                .cookie(socket.cookie())
                .timeNs(receiveTimeNs)
                .flags(flags(socket, listens))
                .state(socket.state())
                .oldState(socket.state())
                .family(socket.isInet6() ? AF_INET6 : AF_INET)
                .localAddr(socket.localAddressHigh(), socket.localAddressLow())
                .localPort(socket.localPort())
                .remoteAddr(socket.remoteAddressHigh(), socket.remoteAddressLow())
                .remotePort(socket.remotePort())
                .cgroupId(socket.cgroupId())
                .uid(socket.uid())
                .unread(socket.receiveQueue());
        if (!listens) {
            putCounters(info);
            putPath(info);
        }
    }

    private static int flags(SocketView socket, boolean listens) {
        int flags = TcpEventAbi.WEIR_SAMPLED();
        if (listens) {
            flags |= TcpEventAbi.WEIR_LISTEN() | TcpEventAbi.WEIR_OPENED();
        }
        if (((1 << socket.state()) & AFTER_THEIR_FIN) != 0) {
            flags |= TcpEventAbi.WEIR_FIN_RECEIVED();
        }
        if (socket.isInet6() && !listens && isMapped(socket)) {
            flags |= TcpEventAbi.WEIR_V4_MAPPED();
        }
        if (socket.has(DiagAttribute.ULP_INFO) && socket.ulp().hasMptcp()) {
            flags |= TcpEventAbi.WEIR_MPTCP();
        }
        return flags;
    }

    private static boolean isMapped(SocketView socket) {
        return socket.remoteAddressHigh() == 0
                && socket.remoteAddressLow() >>> Integer.SIZE == MAPPED_HIGH_HALF;
    }

    private void putCounters(TcpInfoView info) {
        event.bytesSent(known(info, TcpInfoField.BYTES_SENT))
                .bytesRetrans(known(info, TcpInfoField.BYTES_RETRANS))
                .bytesAcked(known(info, TcpInfoField.BYTES_ACKED))
                .bytesReceived(known(info, TcpInfoField.BYTES_RECEIVED))
                .segsOut(known(info, TcpInfoField.SEGS_OUT))
                .segsIn(known(info, TcpInfoField.SEGS_IN))
                .dataSegsOut(known(info, TcpInfoField.DATA_SEGS_OUT))
                .dataSegsIn(known(info, TcpInfoField.DATA_SEGS_IN))
                .segsRetrans(info.totalRetrans())
                .delivered(known(info, TcpInfoField.DELIVERED))
                .deliveredCe(known(info, TcpInfoField.DELIVERED_CE))
                .reorderingSeen(known(info, TcpInfoField.REORD_SEEN))
                .oooSegs(known(info, TcpInfoField.RCV_OOOPACK));
    }

    private void putPath(TcpInfoView info) {
        long mss = info.sndMss();
        event.srttUs(info.rtt())
                .rttvarUs(info.rttvar())
                .minRttUs(known(info, TcpInfoField.MIN_RTT))
                .sndCwnd(info.sndCwnd())
                .sndSsthresh(info.sndSsthresh())
                .mss(mss)
                .packetsOut(info.unacked())
                .unsent(known(info, TcpInfoField.NOTSENT_BYTES))
                .sndWnd(known(info, TcpInfoField.SND_WND))
                .rcvWnd(known(info, TcpInfoField.RCV_WND))
                .caState(info.caState());
        long rate = known(info, TcpInfoField.DELIVERY_RATE);
        if (rate > 0 && mss > 0) {
            event.rateDelivered(RATE_SEGMENTS)
                    .rateIntervalUs(Math.clamp(RATE_SEGMENTS * mss * US_PER_S / rate, 1, U32));
        }
    }

    private static long known(TcpInfoView info, TcpInfoField field) {
        return Math.max(0, info.value(field));
    }

    @Override
    public void onNamespaceDone(
            NetworkNamespace namespace, long startNs, long endNs, boolean complete) {
        chunk().addNamespace(namespace.inode(), startNs, endNs, complete);
    }

    @Override
    public void onRoundDone(NamespaceList found, long startNs, long endNs) {
        chunk().addRound();
        queue.put(chunk);
        chunk = null;
    }

    /** One with room. */
    private SampleChunk chunk() {
        if (chunk != null && chunk.isFull()) {
            queue.put(chunk);
            chunk = null;
        }
        if (chunk == null) {
            chunk = queue.take();
        }
        return chunk;
    }
}
