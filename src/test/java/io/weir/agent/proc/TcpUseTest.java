package io.weir.agent.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpUseTest {
    @TempDir private Path net;

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, true",
        "1, 0, 0, false",
        "0, 1, 0, false",
        "0, 0, 1, false",
        "10, 0, 0, false",
        "0, 20, 0, false",
        "0, 0, 30, false"
    })
    void shouldKnowANamespaceWithoutSockets(long v4, long timeWait, long v6, boolean none)
            throws IOException {
        write(v4, timeWait);
        Files.writeString(net.resolve("sockstat6"), "TCP6: inuse " + v6 + "\nUDP6: inuse 9\n");

        assertThat(new TcpUse(net).isNone()).isEqualTo(none);
    }

    @Test
    void shouldNotMissWhatAKernelWithoutIpv6CannotHave() throws IOException {
        write(0, 0);

        assertThat(new TcpUse(net).isNone()).isTrue();
    }

    @Test
    void shouldNotBeSureOfWhatItCannotRead() throws IOException {
        assertThat(new TcpUse(net).isNone()).isFalse();

        Files.writeString(net.resolve("sockstat"), "sockets: used 8\n");
        assertThat(new TcpUse(net).isNone()).isFalse();
    }

    private void write(long inUse, long timeWait) throws IOException {
        Files.writeString(
                net.resolve("sockstat"),
                "sockets: used 8\nTCP: inuse %d orphan 4 tw %d alloc 5 mem 1\nUDP: inuse 3 mem 0\n"
                        .formatted(inUse, timeWait));
    }
}
