package io.weir.agent.sink.stdout;

import static io.weir.testkit.FlowBuilder.flow;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.record.CloseKind;
import io.weir.record.ClosedBy;
import io.weir.record.Failure;
import io.weir.record.FlowRecord;
import io.weir.record.Role;
import io.weir.record.TcpState;
import io.weir.testkit.FlowBuilder;
import io.weir.testkit.FlowRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableTextTest {
    private static final Look TERMINAL = new Look(false, true, true);

    @Test
    void showsAConnectionsLife() {
        List<String> lines =
                lines(
                        120,
                        flow().opened(412).moved(517, 4_210).srttUs(430).build(),
                        flow().at("2026-03-04T10:11:13Z")
                                .moved(1_234_567, 48_000_000)
                                .srttUs(12_340)
                                .retransmitted(3)
                                .build(),
                        flow().at("2026-03-04T10:11:15Z")
                                .closed(ClosedBy.REMOTE, CloseKind.RST, 3_210_000)
                                .total(1_500_000_000L, 52_000_000)
                                .srttUs(12_000)
                                .retransmitted(12)
                                .build());

        assertThat(lines)
                .containsExactly(
                        "TIME       PROCESS        LOCAL / REMOTE                              SENT"
                                + "  RECEIVED     RTT RETR    TOOK STATUS",
                        "10:11:12 + curl(4711)     10.0.0.7:51234 → 10.0.0.200:443          517 B/s"
                                + " 4.21 kB/s  430 µs       412 µs open",
                        "10:11:13 · curl(4711)     10.0.0.7:51234 → 10.0.0.200:443        1.23 MB/s"
                                + " 48.0 MB/s 12.3 ms    3       - established",
                        "10:11:15 - curl(4711)     10.0.0.7:51234 → 10.0.0.200:443          1.50 GB"
                                + "   52.0 MB 12.0 ms   12  3.21 s reset by peer");
    }

    @Test
    void hasTotalsAndRatesSideBySideWhereThereIsRoom() {
        FlowRecord record = flow().moved(517, 4_210).total(10_000, 20_000).windowMs(500).build();

        assertThat(lines(160, record).get(1))
                .contains("10.0 kB 1.03 kB/s   20.0 kB 8.42 kB/s")
                .hasSizeLessThanOrEqualTo(160);
    }

    @Test
    void keepsWhatMattersMostAt80Columns() {
        List<String> lines =
                lines(
                        80,
                        flow().moved(1_234_567, 0).build(),
                        flow().server("10.0.0.7", 5432, "10.0.0.131", 40_122).build(),
                        flow().client("10.0.0.7", 51_234, "2001:db8:1:2:3:4:5:aaaa", 8443).build(),
                        flow().server("10.0.0.7", 443, "2001:db8:1:2:3:4:5:aaaa", 8443).build());

        assertThat(lines.get(0)).doesNotContain("RTT").doesNotContain("RETR");
        assertThat(lines.get(1)).contains("→ 10.0.0.200:443 ").contains("1.23MB/s ");
        assertThat(lines.get(2)).contains(":5432 ← 10.0.0.131 ");
        assertThat(lines.get(3)).contains("→ [2001:d…5:aaaa]:8443 ");
        assertThat(lines.get(4)).contains(":443 ← 2001:db…:5:aaaa ");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 95, 96, 100, 111, 112, 120, 149, 150, 160, 200})
    void neverIsWiderThanTheTerminal(int width) {
        Random random = new Random(42);
        FlowRecord[] records =
                Stream.generate(() -> FlowRecords.random(random))
                        .limit(500)
                        .toArray(FlowRecord[]::new);

        List<String> lines = lines(width, records);

        assertThat(lines).hasSizeGreaterThan(500);
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
    }

    @Test
    void cutsNothingInAFile() {
        FlowRecord record =
                flow().by("a-long-name-123", 4_194_304)
                        .client("2001:db8:1:2:3:4:5:6", 51_111, "2001:db8:1:2:3:4:5:7", 8443)
                        .build();

        String text = text(new TableText(Look.PLAIN, () -> 80, ZoneOffset.UTC), record);

        assertThat(text)
                .contains("a-long-name-123(4194304) ")
                .contains("[2001:db8:1:2:3:4:5:6]:51111 → [2001:db8:1:2:3:4:5:7]:8443 ");
    }

    @Test
    void saysHowItEnded() {
        assertThat(status(flow().closed(ClosedBy.LOCAL, CloseKind.FIN, 1))).endsWith("closed here");
        assertThat(status(flow().closed(ClosedBy.REMOTE, CloseKind.FIN, 1)))
                .endsWith("closed by peer");
        assertThat(status(flow().closed(ClosedBy.UNKNOWN, CloseKind.FIN, 1))).endsWith("closed");
        assertThat(status(flow().closed(ClosedBy.LOCAL, CloseKind.RST, 1))).endsWith("reset here");
        assertThat(status(flow().closed(ClosedBy.LOCAL, CloseKind.TIMEOUT, 1)))
                .endsWith("timed out");
        assertThat(status(flow().opened(5).closed(ClosedBy.LOCAL, CloseKind.FIN, 9)))
                .contains(" ± ");
    }

    @Test
    void saysWhyItFailed() {
        assertThat(status(flow().failed(Failure.REFUSED, 111, 90)))
                .contains(" ! ")
                .endsWith("90 µs refused");
        assertThat(status(flow().failed(Failure.TIMED_OUT, 110, 90))).endsWith("no answer");
        assertThat(status(flow().failed(Failure.RESET, 104, 90))).endsWith("reset");
        assertThat(status(flow().failed(Failure.UNREACHABLE, 113, 90))).endsWith("unreachable");
        assertThat(status(flow().failed(Failure.ABANDONED, 0, 90))).endsWith("given up");
        assertThat(status(flow().failed(Failure.OTHER, 71, 90))).endsWith("error 71");
    }

    @Test
    void namesTheStateOfALivingConnection() {
        assertThat(status(flow().state(TcpState.CLOSE_WAIT))).endsWith("close wait");
        assertThat(status(flow().state(TcpState.SYN_SENT).opened(0))).endsWith("syn sent");
    }

    @Test
    void showsAnUnknownRoleAndOwner() {
        FlowBuilder flow =
                flow().between(Role.UNKNOWN, "10.0.0.7", 22, "10.0.0.5", 50_022).by("", 0);

        assertThat(status(flow)).contains(" - ").contains("10.0.0.7:22 ↔ 10.0.0.5:50022");
    }

    @Test
    void aProcessCannotSteerTheTerminal() {
        assertThat(status(flow().by("x\u001b[2J\n", 5))).contains("x?[2J?(5)");
    }

    @Test
    void repeatsTheHeaderOnATerminalOnly() {
        FlowRecord[] records =
                Stream.generate(() -> flow().build()).limit(100).toArray(FlowRecord[]::new);

        assertThat(lines(120, records)).filteredOn(line -> line.startsWith("TIME")).hasSize(3);
        assertThat(text(new TableText(Look.PLAIN, () -> 120, ZoneOffset.UTC), records))
                .containsOnlyOnce("TIME");
    }

    @Test
    void coloursOnlyIfAskedTo() {
        FlowRecord record = flow().failed(Failure.REFUSED, 111, 90).build();
        Look colourful = new Look(true, true, true);

        String coloured = text(new TableText(colourful, () -> 120, ZoneOffset.UTC), record);
        String plain = text(new TableText(TERMINAL, () -> 120, ZoneOffset.UTC), record);

        assertThat(coloured).contains("\u001b[31mrefused\u001b[0m");
        assertThat(plain).doesNotContain("\u001b");
        assertThat(coloured.replaceAll("\u001b\\[\\d*m", "")).isEqualTo(plain);
    }

    @Test
    void knowsTerminalsWithoutUnicode() {
        Look ascii = new Look(false, false, true);
        TableText table = new TableText(ascii, () -> 80, ZoneOffset.UTC);
        FlowRecord record =
                flow().by("a-long-name-123", 4_194_304)
                        .client("10.0.0.7", 51_234, "2001:db8:1:2:3:4:5:aaaa", 8443)
                        .build();

        String text = text(table, record);

        assertThat(text).contains(" . a-..(4194304) -> [2001:..");
        assertThat(text.chars()).allMatch(c -> c < 128);
    }

    private static String status(FlowBuilder flow) {
        return lines(120, flow.build()).get(1);
    }

    private static List<String> lines(int width, FlowRecord... records) {
        return text(new TableText(TERMINAL, () -> width, ZoneOffset.UTC), records).lines().toList();
    }

    private static String text(TableText table, FlowRecord... records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (FlowRecord record : records) {
                table.append(record);
            }
            table.writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
