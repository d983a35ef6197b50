package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.agent.StopSignal;
import io.weir.testkit.Captures;
import io.weir.testkit.NetlinkBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DecodeTest {
    private static final int DAMAGED = 8;

    @TempDir private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsEverySocketOfARealCaptureInOrder() throws IOException {
        assertThat(decode(Captures.LINUX_6_18)).isZero();

        List<JsonNode> sockets = sockets();
        assertThat(sockets).hasSize(18);
        assertThat(sockets.get(0).get("state").asText()).isEqualTo("LISTEN");
        assertThat(sockets.get(0).get("family").asText()).isEqualTo("INET");
        assertThat(sockets.get(17).get("family").asText()).isEqualTo("INET6");
        assertThat(sockets)
                .filteredOn(socket -> socket.has("bbr"))
                .hasSize(8)
                .allSatisfy(
                        socket -> assertThat(socket.get("congestion").asText()).isEqualTo("bbr"));
        assertThat(sockets)
                .filteredOn(socket -> socket.at("/tcpInfo/bytesSent").asLong() == 100_000)
                .hasSize(6)
                .allSatisfy(socket -> {
                    assertThat(socket.get("state").asText()).isEqualTo("ESTABLISHED");
                    assertThat(socket.at("/tcpInfo/bytesAcked").asLong()).isEqualTo(100_001);
                    assertThat(socket.at("/tcpInfo/state").asInt()).isOne();
                    assertThat(socket.at("/tcpInfo/sndWscale").asInt()).isEqualTo(10);
                    assertThat(socket.at("/skMemInfo/drops").asInt()).isZero();
                    assertThat(socket.at("/sockopt/isIcsk").asBoolean()).isTrue();
                });
        assertThat(sockets)
                .filteredOn(socket -> socket.get("state").asText().equals("TIME_WAIT"))
                .hasSize(1)
                .allSatisfy(socket -> {
                    assertThat(socket.get("timer").asText()).isEqualTo("TIME_WAIT");
                    assertThat(socket.has("tcpInfo")).isFalse();
                });
    }

    @Test
    void printsTheSameOfBareBytes() throws IOException {
        byte[] messages = new NetlinkBytes().socket().everyAttribute().message(3, 2).array();

        assertThat(decode(file("a.pcap", Captures.pcap(messages)), file("b.raw", messages)))
                .isZero();

        List<String> lines = out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).isEqualTo(lines.get(1));
    }

    @Test
    void printsNothingOfAnyFileIfOneIsDamaged() throws IOException {
        byte[] whole = Captures.linux618();
        Path cut = file("cut.pcap", Arrays.copyOf(whole, whole.length - 1));

        assertThat(decode(Captures.LINUX_6_18, cut)).isEqualTo(DAMAGED);

        assertThat(out()).isEmpty();
        assertThat(err())
                .startsWith("weir: " + cut + " is not a whole capture: at byte ")
                .endsWith("--keep-going prints what is whole.\n");
        assertThat(err().lines()).hasSize(1);
    }

    @Test
    void keepsGoingIfAsked() throws IOException {
        byte[] messages = new NetlinkBytes().socket().socket().u8(5, 1).socket().array();
        messages[176 + 0] = 2; // the second socket's attribute is shorter than its header

        Path damaged = file("damaged.pcap", Captures.pcap(messages));

        assertThat(decode(damaged)).isEqualTo(DAMAGED);
        assertThat(out()).isEmpty();
        assertThat(run("decode", "--keep-going", damaged.toString())).isEqualTo(DAMAGED);
        assertThat(sockets()).hasSize(2);
        assertThat(err())
                .endsWith(
                        "weir: %s: at byte 232: attribute 5 has length 2, not one from 4 to the 5 bytes left.\n"
                                .formatted(damaged));
    }

    @Test
    void sumsUp() throws IOException {
        Path file =
                file("a.raw", new NetlinkBytes().socket().everyAttribute().message(3, 2).array());

        assertThat(run("decode", "--summary", Captures.LINUX_6_18.toString(), file.toString()))
                .isZero();

        assertThat(out())
                .containsPattern("(?m)^ {2}socket +19$")
                .containsPattern("(?m)^ {2}request +2$")
                .containsPattern("(?m)^ {2}done +3$")
                .containsPattern("(?m)^ {2}malformed +0$")
                .containsPattern("(?m)^ {2}ESTABLISHED +7 +6$")
                .containsPattern("(?m)^ {2}INFO of 280 bytes +17$")
                .containsPattern("(?m)^ {2}CGROUP_ID +17$");
    }

    @Test
    void sumsUpDamagedFilesAsFarAsTheyGo() throws IOException {
        byte[] whole = Captures.linux618();
        Path cut = file("cut.pcap", Arrays.copyOf(whole, whole.length - 1));

        assertThat(run("decode", "--summary", cut.toString())).isEqualTo(DAMAGED);

        assertThat(out()).containsPattern("(?m)^ {2}malformed +1$");
        assertThat(err()).startsWith("weir: " + cut + ": at byte ");
    }

    @Test
    void refusesHugeFilesOfZerosAtOnce() throws IOException {
        Path zeros = directory.resolve("zeros");
        Path tail = file("tail.pcap", Captures.linux618());
        long length = Files.size(tail);
        for (Path file : List.of(zeros, tail)) {
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(6L << 30);
            }
        }

        assertThat(decode(zeros)).isEqualTo(DAMAGED);
        assertThat(err()).contains("at byte 0: this is neither pcap nor netlink");
        assertThat(decode(tail)).isEqualTo(DAMAGED);
        assertThat(err()).contains("at byte " + length + ": a packet has length 0");
        assertThat(out()).isEmpty();
    }

    @Test
    void refusesWhatIsNoFile() throws IOException {
        Path absent = directory.resolve("absent");
        Path empty = file("empty", new byte[0]);

        assertThat(decode(absent)).isEqualTo(2);
        assertThat(decode(directory)).isEqualTo(2);
        assertThat(decode(empty)).isEqualTo(DAMAGED);
        assertThat(run("decode")).isEqualTo(2);

        assertThat(err().lines())
                .containsExactly(
                        "weir: " + absent + " does not exist. Name a capture, or - for stdin.",
                        "weir: "
                                + directory
                                + " is a directory. Name a readable capture, or - for stdin.",
                        "weir: "
                                + empty
                                + " is not a whole capture: at byte 0: the file is empty."
                                + " --keep-going prints what is whole.",
                        "weir: FILE needs a value. Try weir decode --help.");
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private List<JsonNode> sockets() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        return mapper.readerFor(JsonNode.class).<JsonNode>readValues(out.toByteArray()).readAll();
    }

    private int decode(Path... files) {
        String[] arguments = new String[files.length + 1];
        arguments[0] = "decode";
        for (int i = 0; i < files.length; i++) {
            arguments[i + 1] = files[i].toString();
        }
        return run(arguments);
    }

    private int run(String... arguments) {
        Console console =
                new Console(
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        new Terminal(Map.of(), false));
        return new Cli(
                        console,
                        () -> {
                            throw new AssertionError("decode needs no kernel");
                        },
                        new StopSignal())
                .run(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
