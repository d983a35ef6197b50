package io.weir.agent.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.testkit.NetlinkBytes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SocketViewTest {
    private final SocketView view = new SocketView();

    private SocketView wrap(NetlinkBytes bytes) {
        return wrap(bytes.array());
    }

    private SocketView wrap(byte[] bytes) {
        return view.wrap(MemorySegment.ofArray(bytes), 0, bytes.length);
    }

    @Test
    void shouldReadWhatEverySocketHas() {
        wrap(new NetlinkBytes().socket());

        assertThat(view.family()).isEqualTo(2);
        assertThat(view.isInet6()).isFalse();
        assertThat(view.state()).isEqualTo(1);
        assertThat(view.timer()).isEqualTo(2);
        assertThat(view.retransmits()).isEqualTo(3);
        assertThat(view.localAddress()).hasToString("10.0.0.1");
        assertThat(view.localPort()).isEqualTo(443);
        assertThat(view.remoteAddress()).hasToString("10.0.0.2");
        assertThat(view.remotePort()).isEqualTo(50_000);
        assertThat(view.ifindex()).isEqualTo(4);
        assertThat(view.cookie()).isEqualTo(0x8000_0000_0000_0005L);
        assertThat(view.expiresMs()).isEqualTo(6);
        assertThat(view.receiveQueue()).isEqualTo(7);
        assertThat(view.sendQueue()).isEqualTo(8);
        assertThat(view.uid()).isEqualTo(0xffff_fffeL);
        assertThat(view.inode()).isEqualTo(10);
    }

    @Test
    void shouldReadAddressesOfIpv6AndMappedOnes() {
        wrap(new NetlinkBytes().socket(10, 1, "2001:db8::1", 1, "::ffff:192.0.2.7", 2));

        assertThat(view.isInet6()).isTrue();
        assertThat(view.localAddress()).hasToString("2001:db8::1");
        assertThat(view.remoteAddress()).hasToString("192.0.2.7");
        assertThat(view.remoteAddressHigh()).isZero();
        assertThat(view.remoteAddressLow()).isEqualTo(0xffff_c000_0207L);
    }

    @Test
    void shouldReadEveryAttribute() {
        wrap(new NetlinkBytes().socket().everyAttribute());

        assertThat(view.memInfo(DiagAttribute.RMEM)).isEqualTo(11);
        assertThat(view.memInfo(DiagAttribute.TMEM)).isEqualTo(14);
        assertThat(view.tcpInfo().length()).isEqualTo(280);
        assertThat(view.vegasEnabled()).isEqualTo(1);
        assertThat(view.vegasRttcnt()).isEqualTo(31);
        assertThat(view.vegasRttUs()).isEqualTo(32);
        assertThat(view.vegasMinrttUs()).isEqualTo(33);
        assertThat(view.congestion()).isEqualTo("cubic");
        assertThat(view.tos()).isEqualTo(0xb8);
        assertThat(view.tclass()).isEqualTo(0xff);
        assertThat(view.skMemInfo(DiagAttribute.RMEM_ALLOC)).isEqualTo(41);
        assertThat(view.skMemInfo(DiagAttribute.DROPS)).isEqualTo(0xffff_ffffL);
        assertThat(view.shutdown()).isEqualTo(3);
        assertThat(view.dctcpEnabled()).isEqualTo(1);
        assertThat(view.dctcpCeState()).isEqualTo(2);
        assertThat(view.dctcpAlpha()).isEqualTo(51);
        assertThat(view.dctcpAbEcn()).isEqualTo(52);
        assertThat(view.dctcpAbTot()).isEqualTo(53);
        assertThat(view.protocol()).isEqualTo(6);
        assertThat(view.v6only()).isEqualTo(1);
        assertThat(view.mark()).isEqualTo(0xf000_0001L);
        assertThat(view.bbrBandwidth()).isEqualTo(0x8000_0000_0000_003dL);
        assertThat(view.bbrMinRttUs()).isEqualTo(62);
        assertThat(view.bbrPacingGain()).isEqualTo(63);
        assertThat(view.bbrCwndGain()).isEqualTo(64);
        assertThat(view.classId()).isEqualTo(0x10001);
        assertThat(view.cgroupId()).isEqualTo(-71);
        assertThat(view.sockopt()).isEqualTo(0b101_0101_0110);
        assertThat(view.attributes()).isEqualTo(DiagAttribute.KNOWN);
        assertThat(view.unknownAttributes()).isZero();
        assertThat(view.longerAttributes()).isZero();
        assertThat(view.length(DiagAttribute.LOCALS)).isEqualTo(128);
        assertThat(view.offset(DiagAttribute.MEMINFO)).isEqualTo(SocketView.MIN_LENGTH + 4);
    }

    @Test
    void shouldReadTlsAndMptcp() {
        UlpView ulp = wrap(new NetlinkBytes().socket().everyAttribute()).ulp();

        assertThat(ulp.name()).isEqualTo("tls");
        assertThat(ulp.hasTls()).isTrue();
        assertThat(ulp.tlsVersion()).isEqualTo(0x0304);
        assertThat(ulp.tlsCipher()).isEqualTo(51);
        assertThat(ulp.tlsTxConf()).isEqualTo(2);
        assertThat(ulp.tlsRxConf()).isEqualTo(3);
        assertThat(ulp.isTlsZeroCopyTx()).isTrue();
        assertThat(ulp.isTlsRxNoPad()).isTrue();
        assertThat(ulp.hasMptcp()).isTrue();
        assertThat(ulp.mptcpTokenRem()).isEqualTo(0xffff_fff1L);
        assertThat(ulp.mptcpTokenLoc()).isEqualTo(22);
        assertThat(ulp.mptcpRelwriteSeq()).isEqualTo(23);
        assertThat(ulp.mptcpMapSeq()).isEqualTo(-24);
        assertThat(ulp.mptcpMapSfseq()).isEqualTo(25);
        assertThat(ulp.mptcpSsnOffset()).isEqualTo(26);
        assertThat(ulp.mptcpMapDatalen()).isEqualTo(27);
        assertThat(ulp.mptcpFlags()).isEqualTo(28);
        assertThat(ulp.mptcpIdRem()).isEqualTo(29);
        assertThat(ulp.mptcpIdLoc()).isEqualTo(30);
    }

    @Test
    void shouldForgetTheEarlierSocketsAttributes() {
        wrap(new NetlinkBytes().socket().everyAttribute());
        wrap(new NetlinkBytes().socket());

        assertThat(view.attributes()).isZero();
        assertThat(view.tcpInfo().length()).isZero();
        assertThat(view.tcpInfo().sndCwnd()).isEqualTo(-1);
        assertThat(view.congestion()).isEmpty();
        assertThat(view.ulp().name()).isEmpty();
        assertThat(view.ulp().hasTls()).isFalse();
        assertThat(view.ulp().mptcpTokenLoc()).isEqualTo(-1);
        assertThat(view.memInfo(0)).isEqualTo(-1);
        assertThat(view.skMemInfo(8)).isEqualTo(-1);
        assertThat(view.hasBbr()).isFalse();
        assertThat(view.dctcpEnabled()).isEqualTo(-1);
        assertThat(view.vegasEnabled()).isEqualTo(-1);
        assertThat(view.tos()).isEqualTo(-1);
        assertThat(view.mark()).isEqualTo(-1);
        assertThat(view.hasCgroupId()).isFalse();
        assertThat(view.sockopt()).isEqualTo(-1);
        assertThat(view.offset(DiagAttribute.INFO)).isEqualTo(-1);
    }

    @Test
    void shouldReadShortSkMemInfoAsFarAsItGoes() {
        wrap(new NetlinkBytes().socket().u32(DiagAttribute.SKMEMINFO, 1, 2, 3, 4, 5, 6, 7, 8));

        assertThat(view.skMemInfo(DiagAttribute.BACKLOG)).isEqualTo(8);
        assertThat(view.skMemInfo(DiagAttribute.DROPS)).isEqualTo(-1);
    }

    @Test
    void shouldSkipAndCountWhatItDoesNotKnow() {
        wrap(
                new NetlinkBytes()
                        .socket()
                        .attribute(40, new byte[3])
                        .attribute(16_000, new byte[5])
                        .tcpInfo(304)
                        .u8(DiagAttribute.TOS, 1));

        assertThat(view.unknownAttributes()).isEqualTo(2);
        assertThat(view.longerAttributes()).isOne();
        assertThat(view.tcpInfo().length()).isEqualTo(304);
        assertThat(view.tos()).isOne();
    }

    @Test
    void shouldReadSocketsLaidOutAlikeAndOtherwise() {
        for (int i = 1; i <= 3; i++) {
            wrap(new NetlinkBytes().socket().u8(DiagAttribute.TOS, i).tcpInfo(104 + 8 * i));
            assertThat(view.tos()).isEqualTo(i);
            assertThat(view.tcpInfo().length()).isEqualTo(104 + 8 * i);

            wrap(new NetlinkBytes().socket().u8(DiagAttribute.TCLASS, i).tcpInfo(104 + 8 * i));
            assertThat(view.tclass()).isEqualTo(i);
            assertThat(view.tos()).isEqualTo(-1);

            wrap(new NetlinkBytes().socket().u8(DiagAttribute.TCLASS, 9).tcpInfo(104 + 8 * i));
            assertThat(view.tclass()).isEqualTo(9);
            assertThat(view.tcpInfo().rto()).isEqualTo(0x0c0b_0a09L);
        }
    }

    @Test
    void shouldReadMoreAttributesThanItRemembers() {
        NetlinkBytes many = new NetlinkBytes().socket();
        for (int i = 0; i < 100; i++) {
            many.u8(DiagAttribute.TOS, i);
        }

        assertThat(wrap(many).tos()).isEqualTo(99);
        assertThat(wrap(many).tos()).isEqualTo(99);
    }

    @Test
    void shouldRefuseAMalformedOneAfterAWholeOneOfThatLength() {
        byte[] bytes = new NetlinkBytes().socket().u8(DiagAttribute.TOS, 1).array();
        wrap(bytes);
        bytes[88] = 3;

        assertThatExceptionOfType(MalformedNetlinkException.class).isThrownBy(() -> wrap(bytes));
        bytes[88] = 5;
        assertThat(wrap(bytes).tos()).isOne();
    }

    @Test
    void shouldTakeTheLastOfTwo() {
        wrap(new NetlinkBytes().socket().u8(DiagAttribute.TOS, 1).u8(DiagAttribute.TOS, 2));

        assertThat(view.tos()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 255, 65_535})
    void shouldRefuseAnAttributeOfAWrongLength(int length) {
        byte[] bytes = new NetlinkBytes().socket().u8(5, 1).u16(40, 2).array();
        int at = bytes.length - 6;
        bytes[at] = (byte) length;
        bytes[at + 1] = (byte) (length >> 8);

        assertThatExceptionOfType(MalformedNetlinkException.class)
                .isThrownBy(() -> wrap(bytes))
                .withMessage(
                        "attribute 40 has length %d, not one from 4 to the 6 bytes left", length)
                .satisfies(e -> assertThat(e.offset()).isEqualTo(at));
    }

    @Test
    void shouldRefuseAMalformedNest() {
        byte[] bytes =
                new NetlinkBytes().socket().attribute(DiagAttribute.ULP_INFO, new byte[8]).array();

        assertThatExceptionOfType(MalformedNetlinkException.class)
                .isThrownBy(() -> wrap(bytes))
                .satisfies(e -> assertThat(e.offset()).isEqualTo(92));
    }

    @Test
    void shouldRefuseWhatIsNoSocket() {
        byte[] bytes = new NetlinkBytes().socket().array();

        assertThatExceptionOfType(MalformedNetlinkException.class)
                .isThrownBy(() -> wrap(Arrays.copyOf(bytes, 87)))
                .withMessage("a socket's message has length 87, less than 88");
        bytes[16] = 1;
        assertThatExceptionOfType(MalformedNetlinkException.class)
                .isThrownBy(() -> wrap(bytes))
                .withMessage("a socket's family is 1, neither 2 nor 10");
    }

    @Test
    void shouldReadTheNextMessageAfterALongOneItRefused() {
        byte[] bytes = new NetlinkBytes().socket().tcpInfo(280).array();
        int state = wrap(bytes).tcpInfo().state();
        assertThatExceptionOfType(MalformedNetlinkException.class)
                .isThrownBy(() -> wrap(new byte[5_000]));
        bytes[SocketView.MIN_LENGTH + 4]++;

        assertThat(wrap(bytes).tcpInfo().state()).isEqualTo(state + 1);
    }

    @Test
    void shouldRefuseMemoryWhichEndsBeforeTheMessage() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> view.wrap(MemorySegment.ofArray(new byte[100]), 20, 88));
    }
}
