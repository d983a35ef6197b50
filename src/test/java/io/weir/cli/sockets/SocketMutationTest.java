package io.weir.cli.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.NetlinkBytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Damaged messages are refused or read, and never read beyond: what {@link SocketFuzz} checks. */
final class SocketMutationTest {
    private final byte[] message =
            new NetlinkBytes().socket().everyAttribute().message(3, 2).array();

    @Test
    void shouldBearEveryTruncation() {
        for (int length = 0; length <= message.length; length++) {
            SocketFuzz.decode(Arrays.copyOf(message, length));
        }

        assertThat(SocketFuzz.decode(message)).contains("\"congestion\":\"cubic\"");
    }

    @Test
    void shouldBearEveryFlippedByte() {
        for (int at = 0; at < message.length; at++) {
            for (int mask : new int[] {0x01, 0x04, 0x80, 0xff}) {
                byte[] flipped = message.clone();
                flipped[at] ^= (byte) mask;

                assertThat(SocketFuzz.decode(flipped)).isNotEmpty();
            }
        }
    }
}
