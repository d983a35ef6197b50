package io.weir.cli.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.agent.netlink.SocketView;
import io.weir.agent.netlink.TcpInfoField;
import io.weir.testkit.NetlinkBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SocketJsonTest {
    private static final long NETNS = 4_026_531_840L;

    private final SocketJson json = new SocketJson();

    private JsonNode line(NetlinkBytes bytes) throws IOException {
        byte[] message = bytes.array();
        json.append(
                new SocketView().wrap(MemorySegment.ofArray(message), 0, message.length), NETNS);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        json.writeTo(out);
        return new ObjectMapper().readTree(out.toByteArray());
    }

    @Test
    void shouldSayWhoTheSocketIs() throws IOException {
        JsonNode socket = line(new NetlinkBytes().socket());

        assertThat(socket.at("/local/address").asText()).isEqualTo("10.0.0.1");
        assertThat(socket.at("/local/port").asInt()).isEqualTo(443);
        assertThat(socket.at("/remote/address").asText()).isEqualTo("10.0.0.2");
        assertThat(socket.at("/remote/port").asInt()).isEqualTo(50_000);
        assertThat(socket.get("state").asText()).isEqualTo("ESTABLISHED");
        assertThat(socket.get("netns").asLong()).isEqualTo(NETNS);
        assertThat(socket.get("cookie").bigIntegerValue())
                .isEqualTo(new BigInteger("9223372036854775813"));
        assertThat(socket.get("inode").asLong()).isEqualTo(10);
        assertThat(socket.get("uid").asLong()).isEqualTo(0xffff_fffeL);
        assertThat(socket.get("timer").asText()).isEqualTo("KEEPALIVE");
        assertThat(socket.has("tcpInfo")).isFalse();
        assertThat(socket.has("congestion")).isFalse();
    }

    @Test
    void shouldNameTcpInfoAsTheKernelDoes() throws IOException {
        JsonNode info = line(new NetlinkBytes().socket().tcpInfo(280)).get("tcpInfo");

        assertThat(info.size()).isEqualTo(TcpInfoField.values().length);
        assertThat(info.get("sndCwnd").asLong()).isEqualTo(0x5453_5251L);
        assertThat(info.get("advmss").asLong()).isEqualTo(0x5857_5655L);
        assertThat(info.get("rcvSsthresh").asLong()).isEqualTo(0x4443_4241L);
        assertThat(info.get("sndWscale").asLong()).isEqualTo(7);
        assertThat(info.get("rcvWscale").asLong()).isZero();
        assertThat(info.get("busyTime").bigIntegerValue())
                .isEqualTo(new BigInteger("b0afaeadacabaaa9", 16));
        assertThat(info.get("totalRtoRecoveries").asLong()).isEqualTo(0xf4f3L);
    }

    @Test
    void shouldLeaveOutWhatAnOlderKernelDoesNotSend() throws IOException {
        JsonNode info = line(new NetlinkBytes().socket().tcpInfo(104)).get("tcpInfo");

        assertThat(info.has("totalRetrans")).isTrue();
        assertThat(info.has("pacingRate")).isFalse();
    }

    @Test
    void shouldSayEveryAttribute() throws IOException {
        JsonNode socket = line(new NetlinkBytes().socket().everyAttribute());

        assertThat(socket.at("/memInfo/tmem").asLong()).isEqualTo(14);
        assertThat(socket.at("/skMemInfo/drops").asLong()).isEqualTo(0xffff_ffffL);
        assertThat(socket.at("/bbr/bw").bigIntegerValue())
                .isEqualTo(new BigInteger("800000000000003d", 16));
        assertThat(socket.at("/dctcp/alpha").asLong()).isEqualTo(51);
        assertThat(socket.at("/vegas/minrtt").asLong()).isEqualTo(33);
        assertThat(socket.get("congestion").asText()).isEqualTo("cubic");
        assertThat(socket.get("cgroupId").bigIntegerValue())
                .isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.valueOf(71)));
        assertThat(socket.get("mark").asLong()).isEqualTo(0xf000_0001L);
        assertThat(socket.get("v6only").asBoolean()).isTrue();
        assertThat(socket.at("/sockopt/deferConnect").asBoolean()).isTrue();
        assertThat(socket.at("/sockopt/recverr").asBoolean()).isFalse();
        assertThat(socket.at("/ulp/tls/version").asInt()).isEqualTo(0x0304);
        assertThat(socket.at("/ulp/mptcp/mapSeq").bigIntegerValue())
                .isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.valueOf(24)));
    }

    @Test
    void shouldSayNothingTheDocumentsLackAndLackNothingTheySay() throws IOException {
        List<String> documented =
                Files.readAllLines(Path.of("docs", "SOCKETS.md")).stream()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.split("`", -1)[1])
                        .toList();
        TreeSet<String> written = new TreeSet<>();

        collect("", line(new NetlinkBytes().socket().everyAttribute()), written);

        assertThat(documented).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(documented)).isEqualTo(written);
    }

    @Test
    void shouldDocumentTheUnitOfEachFieldOfTcpInfo() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs", "SOCKETS.md"));

        assertThat(Arrays.asList(TcpInfoField.values()))
                .allSatisfy(field ->
                        assertThat(lines)
                                .anyMatch(line ->
                                        line.startsWith(
                                                "| `tcpInfo.%s` | %s |"
                                                        .formatted(field.key(), field.unit()))));
    }

    private static void collect(String prefix, JsonNode object, Set<String> keys) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String key = prefix + field.getKey();
            if (field.getValue().isObject()) {
                collect(key + ".", field.getValue(), keys);
            } else {
                keys.add(key);
            }
        }
    }
}
