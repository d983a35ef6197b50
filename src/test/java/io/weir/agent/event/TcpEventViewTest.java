package io.weir.agent.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.agent.event.abi.TcpEventAbi;
import io.weir.net.IpAddress;
import java.lang.foreign.MemorySegment;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TcpEventViewTest {
    private final MemorySegment memory = MemorySegment.ofArray(new byte[1024]);
    private final TcpEventWriter event = new TcpEventWriter().wrap(memory, 259);
    private final TcpEventView view = new TcpEventView().wrap(memory, 259);

    @Test
    void shouldReadWhatTheKernelWroteAtAnyAlignment() {
        event.timeNs(1).cookie(2).openNs(3).establishedNs(4).cgroupId(5).netns(6).pid(7).uid(8);
        event.state(9).oldState(10).caState(4).states(0x0802);
        event.bytesAcked(11).segsOut(12).segsIn(13).dataSegsOut(14).dataSegsIn(15);
        event.segsRetrans(16).delivered(17).deliveredCe(18).lost(19).oooSegs(20).reorderingSeen(21);
        event.srttUs(22).rttvarUs(23).minRttUs(24).sndCwnd(25).sndSsthresh(26).mss(27);
        event.sndWnd(28).rcvWnd(29).packetsOut(30).unsent(31).unread(32);

        assertThat(view.isKnownVersion()).isTrue();
        assertThat(view.timeNs()).isEqualTo(1);
        assertThat(view.cookie()).isEqualTo(2);
        assertThat(view.openNs()).isEqualTo(3);
        assertThat(view.establishedNs()).isEqualTo(4);
        assertThat(view.cgroupId()).isEqualTo(5);
        assertThat(view.netns()).isEqualTo(6);
        assertThat(view.pid()).isEqualTo(7);
        assertThat(view.uid()).isEqualTo(8);
        assertThat(view.state()).isEqualTo(9);
        assertThat(view.oldState()).isEqualTo(10);
        assertThat(view.congestionState()).isEqualTo(4);
        assertThat(view.states()).isEqualTo(0x0802);
        assertThat(view.bytesAcked()).isEqualTo(11);
        assertThat(view.segmentsSent()).isEqualTo(12);
        assertThat(view.segmentsReceived()).isEqualTo(13);
        assertThat(view.dataSegmentsSent()).isEqualTo(14);
        assertThat(view.dataSegmentsReceived()).isEqualTo(15);
        assertThat(view.segmentsRetransmitted()).isEqualTo(16);
        assertThat(view.segmentsDelivered()).isEqualTo(17);
        assertThat(view.segmentsDeliveredCe()).isEqualTo(18);
        assertThat(view.segmentsLost()).isEqualTo(19);
        assertThat(view.segmentsOutOfOrder()).isEqualTo(20);
        assertThat(view.reorderings()).isEqualTo(21);
        assertThat(view.srttUs()).isEqualTo(22);
        assertThat(view.rttVarUs()).isEqualTo(23);
        assertThat(view.minRttUs()).isEqualTo(24);
        assertThat(view.congestionWindow()).isEqualTo(25);
        assertThat(view.slowStartThreshold()).isEqualTo(26);
        assertThat(view.mss()).isEqualTo(27);
        assertThat(view.sendWindow()).isEqualTo(28);
        assertThat(view.receiveWindow()).isEqualTo(29);
        assertThat(view.inFlight()).isEqualTo(30);
        assertThat(view.unsentBytes()).isEqualTo(31);
        assertThat(view.unreadBytes()).isEqualTo(32);
    }

    @Test
    void shouldReadEveryFlagByItself() {
        assertOnly(TcpEventAbi.WEIR_OPENED(), TcpEventView::isOpened);
        assertOnly(TcpEventAbi.WEIR_CLOSED(), TcpEventView::isClosed);
        assertOnly(TcpEventAbi.WEIR_FAILED(), TcpEventView::isFailed);
        assertOnly(TcpEventAbi.WEIR_CLIENT(), TcpEventView::isClient);
        assertOnly(TcpEventAbi.WEIR_SERVER(), TcpEventView::isServer);
        assertOnly(TcpEventAbi.WEIR_ADOPTED(), TcpEventView::isAdopted);
        assertOnly(TcpEventAbi.WEIR_LISTEN(), TcpEventView::isListen);
        assertOnly(TcpEventAbi.WEIR_LOCAL_FIRST(), TcpEventView::isLocalFirst);
        assertOnly(TcpEventAbi.WEIR_REMOTE_FIRST(), TcpEventView::isRemoteFirst);
        assertOnly(TcpEventAbi.WEIR_V4_MAPPED(), TcpEventView::isV4Mapped);
        assertOnly(TcpEventAbi.WEIR_MPTCP(), TcpEventView::isMptcp);
    }

    private void assertOnly(int flag, Predicate<TcpEventView> reads) {
        event.flags(flag);
        assertThat(reads.test(view)).isTrue();
        event.flags(0xffff & ~flag);
        assertThat(reads.test(view)).isFalse();
    }

    @Test
    void shouldReadUnsignedThirtyTwoBitValues() {
        event.netns(0xf000_0001L).pid(0xffff_fffeL).sndSsthresh(0x8000_0000L);

        assertThat(view.netns()).isEqualTo(0xf000_0001L);
        assertThat(view.pid()).isEqualTo(0xffff_fffeL);
        assertThat(view.slowStartThreshold()).isEqualTo(0x8000_0000L);
    }

    @Test
    void shouldReadPortsAndAddressesInNetworkOrder() {
        event.localAddr(IpAddress.parse("2001:db8::1")).localPort(443);
        event.remoteAddr(IpAddress.parse("192.0.2.7")).remotePort(65_535);

        assertThat(view.localAddress()).hasToString("2001:db8::1");
        assertThat(view.localPort()).isEqualTo(443);
        assertThat(view.remoteAddress()).hasToString("192.0.2.7");
        assertThat(view.remotePort()).isEqualTo(65_535);
    }

    @Test
    void shouldReadMappedAddressesAsIpv4() {
        event.family(10).localAddr(IpAddress.parse("::ffff:10.0.0.1"));

        assertThat(view.isInet6()).isTrue();
        assertThat(view.localAddress()).isEqualTo(IpAddress.parse("10.0.0.1"));
    }

    @Test
    void shouldNotCountRetransmissionsAsPayload() {
        event.bytesSent(1_500).bytesRetrans(400);

        assertThat(view.payloadSent()).isEqualTo(1_100);
        assertThat(view.bytesRetransmitted()).isEqualTo(400);
    }

    @Test
    void shouldNotCountThePeersFinAsPayload() {
        event.bytesReceived(101);
        assertThat(view.payloadReceived()).isEqualTo(101);

        event.flags(TcpEventAbi.WEIR_FIN_RECEIVED());
        assertThat(view.payloadReceived()).isEqualTo(100);

        event.bytesReceived(0);
        assertThat(view.payloadReceived()).isZero();
    }

    @Test
    void shouldCallAMinRttWithoutSampleUnknown() {
        event.minRttUs(0xffff_ffffL);

        assertThat(view.minRttUs()).isZero();
    }

    @Test
    void shouldPreferTheHardError() {
        event.errSoft(113);
        assertThat(view.errno()).isEqualTo(113);
        assertThat(view.hardErrno()).isZero();

        event.err(110);
        assertThat(view.errno()).isEqualTo(110);
        assertThat(view.hardErrno()).isEqualTo(110);
    }

    @Test
    void shouldDeriveTheDeliveryRate() {
        event.mss(1_448).rateDelivered(0xffff_ffffL).rateIntervalUs(1_000_000);
        assertThat(view.deliveryRateBytesPerSecond()).isEqualTo(1_448 * 0xffff_ffffL);

        event.rateIntervalUs(0);
        assertThat(view.deliveryRateBytesPerSecond()).isZero();
    }

    @Test
    void shouldReadTheOwnersName() {
        event.comm("redis-server");
        assertThat(Comm.decode(view.commFirst(), view.commSecond())).isEqualTo("redis-server");

        event.comm("sixteen bytes...");
        assertThat(Comm.decode(view.commFirst(), view.commSecond())).isEqualTo("sixteen bytes...");

        assertThat(Comm.decode(0, 0)).isEmpty();
    }

    @Test
    void shouldKnowItsVersion() {
        event.version(TcpEventAbi.WEIR_EVENT_VERSION() + 1);

        assertThat(view.isKnownVersion()).isFalse();
    }

    @Test
    void shouldRefuseMemoryWhichEndsBeforeTheEvent() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> view.wrap(memory, 1024 - TcpEventView.BYTES + 1));
    }
}
