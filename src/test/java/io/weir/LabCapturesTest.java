package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.testkit.Distribution;
import io.weir.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code SocketsKernelTest} captured on each kernel of the lab (target/kernel-tests/KERNEL/sockets.pcap):
 * 8 connections by turns of cubic, BBR, DCTCP and Vegas, IPv4 and IPv6, and two listeners.
 */
class LabCapturesTest {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "netlink");
    private static final Map<String, Integer> TCP_INFO_BYTES =
            Map.of("5.10", 232, "6.1", 232, "6.12", 248, "7.3", 280);

    static Stream<String> kernels() {
        return TCP_INFO_BYTES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void shouldDecodeEverySocket(String kernel) throws IOException, InterruptedException {
        List<JsonNode> sockets = new ArrayList<>();
        for (String line : weir("decode", file(kernel)).out().lines().toList()) {
            sockets.add(new JsonMapper().readTree(line));
        }

        Map<String, Integer> congestion = new HashMap<>();
        for (JsonNode socket : sockets) {
            congestion.merge(socket.path("congestion").asText(), 1, Integer::sum);
            if (socket.path("state").asText().equals("ESTABLISHED")) {
                assertThat(socket.at("/tcpInfo/bytesSent").asLong()).isPositive();
                assertThat(socket.at("/tcpInfo/bytesReceived").asLong()).isPositive();
                assertThat(socket.at("/tcpInfo/rtt").asLong()).isPositive();
                assertThat(socket.at("/skMemInfo").size()).isGreaterThanOrEqualTo(8);
            }
        }
        assertThat(sockets).hasSize(18);
        assertThat(congestion.keySet()).contains("cubic", "bbr", "dctcp", "vegas");
        assertThat(sockets).anyMatch(socket -> socket.at("/bbr/minRtt").asLong() > 0);
        assertThat(sockets).anyMatch(socket -> socket.at("/dctcp/enabled").asLong() == 1);
        assertThat(sockets).anyMatch(socket -> socket.at("/vegas/enabled").asLong() == 1);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void shouldKnowEveryAttribute(String kernel) throws IOException, InterruptedException {
        String summary = weir("decode", "--summary", file(kernel)).out();

        assertThat(summary)
                .containsPattern("malformed +0\\n")
                .containsPattern(" unknown +0\\n")
                .containsPattern("longer than known +0\\n")
                .containsPattern("INFO of " + TCP_INFO_BYTES.get(kernel) + " bytes +18\\n");
    }

    @Test
    void shouldHaveACaptureOfEveryKernelOfTheLab() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            assertThat(files.map(Path::toString))
                    .containsAll(kernels().map(LabCapturesTest::file).toList());
        }
    }

    private static String file(String kernel) {
        return DIRECTORY.resolve("lab-" + kernel + ".pcap").toString();
    }

    private static Program weir(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Distribution.weir().toString()));
        command.addAll(List.of(arguments));
        Program program = Program.run(command);
        assertThat(program.code()).as(program.err()).isZero();
        return program;
    }
}
