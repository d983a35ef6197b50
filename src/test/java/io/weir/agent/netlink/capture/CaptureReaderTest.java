package io.weir.agent.netlink.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.testkit.Captures;
import io.weir.testkit.NetlinkBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CaptureReaderTest {
    private static final int NETLINK = 253;

    private final byte[] messages = new NetlinkBytes().socket().everyAttribute().array();

    private static CaptureReader open(byte[] file) throws IOException {
        return CaptureReader.open(new ByteArrayInputStream(file));
    }

    private static byte[] payload(CaptureReader reader) {
        return reader.memory()
                .asSlice(reader.offset(), reader.length())
                .toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void shouldReadWhatTheWriterWrote() throws IOException {
        CaptureReader reader = open(Captures.pcap(messages));

        assertThat(reader.format()).isEqualTo("pcap");
        assertThat(reader.next()).isTrue();
        assertThat(payload(reader)).isEqualTo(messages);
        assertThat(reader.netlinkFamily()).isEqualTo(CaptureReader.NETLINK_SOCK_DIAG);
        assertThat(reader.fileOffset(reader.offset())).isEqualTo(24 + 16 + 16);
        assertThat(reader.next()).isFalse();
    }

    @Test
    void shouldWriteTimeAndDirectionAsDocumented() {
        ByteBuffer file = ByteBuffer.wrap(Captures.pcap(messages)).order(ByteOrder.nativeOrder());

        assertThat(file.getInt(0)).isEqualTo(0xa1b23c4d);
        assertThat(file.getInt(20)).isEqualTo(NETLINK);
        assertThat(file.getInt(24)).isEqualTo(1_700_000_000);
        assertThat(file.getInt(28)).isEqualTo(123_456_789);
        file.order(ByteOrder.BIG_ENDIAN);
        assertThat(file.getShort(40)).isZero();
        assertThat(file.getShort(42)).isEqualTo((short) 824);
        assertThat(file.getShort(54)).isEqualTo((short) 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xa1b2c3d4, 0xa1b23c4d})
    void shouldReadBothByteOrdersAndResolutions(int magic) throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            CaptureReader reader = open(Captures.pcap(order, magic, NETLINK, messages));

            assertThat(reader.next()).isTrue();
            assertThat(payload(reader)).isEqualTo(messages);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void shouldReadPcapngOfBothByteOrders() throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            CaptureReader reader = open(Captures.pcapng(order, NETLINK, messages));

            assertThat(reader.format()).isEqualTo("pcapng");
            assertThat(reader.next()).isTrue();
            assertThat(payload(reader)).isEqualTo(messages);
            assertThat(reader.fileOffset(0)).isEqualTo(28 + 20 + 16 + 28);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void shouldReadBareMessagesOneByOne() throws IOException {
        byte[] bytes = new NetlinkBytes().socket().u8(5, 1).socket().message(3, 2).array();
        CaptureReader reader = open(bytes);

        assertThat(reader.next()).isTrue();
        assertThat(reader.length()).isEqualTo(93);
        assertThat(reader.next()).isTrue();
        assertThat(reader.fileOffset(reader.offset())).isEqualTo(96);
        assertThat(reader.next()).isTrue();
        assertThat(reader.next()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pcap   | 1 | 20 | the link type is 1, not 253 (NETLINK): capture an nlmon device",
                "pcapng | 1 | 64 | the link type is 1, not 253 (NETLINK): capture an nlmon device"
            })
    void shouldRefuseOtherLinkTypes(String format, int linkType, long offset, String message) {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        byte[] file =
                format.equals("pcap")
                        ? Captures.pcap(order, 0xa1b2c3d4, linkType, messages)
                        : Captures.pcapng(order, linkType, messages);

        assertRefused(file, offset, message);
    }

    @Test
    void shouldRefuseWhatIsNoCapture() {
        assertRefused(new byte[0], 0, "the file is empty");
        assertRefused(new byte[3], 0, "the file has 3 bytes, too few for any capture");
        assertRefused(
                new byte[100],
                0,
                "this is neither pcap nor netlink: a message has length 0, not one from 16 to"
                        + " 16777216");
        assertRefused(
                "GET / HTTP/1.1".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                0,
                "this is neither pcap nor netlink: a message has length 542393671, not one from 16"
                        + " to 16777216");
    }

    @Test
    void shouldRefuseAPacketThatWasCut() {
        byte[] file = Captures.pcap(messages);
        ByteBuffer.wrap(file).order(ByteOrder.nativeOrder()).putInt(36, 100_000);

        assertRefused(
                file,
                24,
                "a packet was cut to %d of 100000 bytes: capture with a larger snapshot length"
                        .formatted(messages.length + 16));
    }

    @Test
    void shouldRefuseZerosBehindTheLastPacket() {
        byte[] file = Captures.pcap(messages);

        assertRefused(
                Arrays.copyOf(file, file.length + 4096),
                file.length,
                "a packet has length 0, not one from 16 to 16777216");
    }

    @Test
    void shouldNotReserveMemoryForWhatAFileOnlyClaims() {
        byte[] file = Captures.pcap(messages);
        ByteBuffer.wrap(file)
                .order(ByteOrder.nativeOrder())
                .putInt(32, CaptureReader.MAX_PACKET)
                .putInt(36, CaptureReader.MAX_PACKET);

        assertRefused(
                file,
                40,
                "the file ends within a packet of 16777216 bytes, after " + (messages.length + 16));
    }

    @Test
    void shouldReadPacketsLargerThanItsFirstBuffer() throws IOException {
        byte[] large = new byte[300_000];
        Arrays.fill(large, (byte) 7);
        CaptureReader reader = open(Captures.pcap(large));

        assertThat(reader.next()).isTrue();
        assertThat(payload(reader)).isEqualTo(large);
    }

    @Test
    void shouldEndOrRefuseWhereverAFileIsCut() throws IOException {
        for (byte[] file :
                new byte[][] {
                    Captures.linux618(),
                    Captures.pcapng(ByteOrder.LITTLE_ENDIAN, NETLINK, messages),
                    new NetlinkBytes().socket().everyAttribute().message(3, 2).array()
                }) {
            int refused = 0;
            for (int length = 0; length < file.length; length++) {
                try {
                    CaptureReader reader = open(Arrays.copyOf(file, length));
                    while (reader.next()) {}
                } catch (CaptureException e) {
                    assertThat(e.offset()).isBetween(0L, (long) length);
                    refused++;
                }
            }
            assertThat(refused).isGreaterThan(file.length * 9 / 10);
        }
    }

    private static void assertRefused(byte[] file, long offset, String message) {
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(() -> {
                    InputStream stream = new ByteArrayInputStream(file);
                    CaptureReader reader = CaptureReader.open(stream);
                    while (reader.next()) {}
                })
                .withMessage("at byte %d: %s", offset, message);
    }
}
