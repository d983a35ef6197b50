package io.weir.cli.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.Captures;
import io.weir.testkit.NetlinkBytes;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Damaged files give faults within them and nothing worse: what {@link CaptureFuzz} checks. */
final class CaptureMutationTest {
    private static final byte[] MESSAGES =
            new NetlinkBytes().socket().everyAttribute().message(3, 2).array();
    private static final byte[] PCAPNG = Captures.pcapng(ByteOrder.LITTLE_ENDIAN, 253, MESSAGES);

    @Test
    void shouldBearEveryTruncation() {
        for (byte[] file : new byte[][] {Captures.pcap(MESSAGES), PCAPNG, MESSAGES}) {
            for (int length = 0; length <= file.length; length++) {
                CaptureFuzz.decode(Arrays.copyOf(file, length));
            }
            assertThat(CaptureFuzz.decode(file)).contains("\"congestion\":\"cubic\"");
        }
    }

    @Test
    void shouldBearEveryFlippedByte() {
        for (byte[] file : new byte[][] {Captures.pcap(MESSAGES), PCAPNG, MESSAGES}) {
            for (int at = 0; at < file.length; at++) {
                for (int mask : new int[] {0x01, 0x04, 0x80, 0xff}) {
                    byte[] flipped = file.clone();
                    flipped[at] ^= (byte) mask;
                    CaptureFuzz.decode(flipped);
                }
            }
        }
    }
}
