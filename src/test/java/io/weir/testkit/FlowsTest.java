package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.record.JsonLinesCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowsTest {
    private static final Endpoint CLIENT = new Endpoint("127.0.0.1", 40000);
    private static final Endpoint SERVER = new Endpoint("127.0.0.1", 80);

    private final Flows flows = new Flows();

    @Test
    void readsWhatTheAgentWrites() throws IOException {
        JsonLinesCodec codec = new JsonLinesCodec();
        codec.append(FlowRecords.sample());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        codec.writeTo(out);

        FlowLine line = FlowLine.parse(out.toString(StandardCharsets.UTF_8));

        assertThat(line.local()).isEqualTo(new Endpoint("10.0.0.1", 40_000));
        assertThat(line.window()).isEqualTo(new Tally(101, 102));
        assertThat(line.total()).isEqualTo(new Tally(201, 202));
        assertThat(line.losses()).containsEntry("ringClose", 3L);
    }

    @Test
    void refusesALineThatLacksAField() {
        assertThatThrownBy(() -> FlowLine.parse("{\"netns\":1,\"cookie\":2}"))
                .hasMessageContaining("not a flow record");
    }

    @Test
    void findsNothingWrongWithExactRecords() throws InterruptedException {
        clientLine(1, true, false, 10, 0, 10, 0);
        clientLine(1, false, true, 5, 7, 15, 7);
        serverLine(2, true, true, 7, 15, 7, 15);

        Exactness exactness = Exactness.await(flows, List.of(truth(15, 7)), Duration.ofSeconds(1));

        assertThat(exactness.problems()).isEmpty();
        assertThat(exactness.seenBytes()).isEqualTo(exactness.truthBytes()).isEqualTo(44);
    }

    @Test
    void findsOneByteTooMany() {
        clientLine(1, true, true, 15, 7, 15, 7);
        serverLine(2, true, true, 7, 16, 7, 16);

        Exactness exactness = Exactness.of(flows, List.of(truth(15, 7)));

        assertThat(exactness.problems())
                .hasSize(2)
                .allMatch(problem -> problem.contains("SERVER") && problem.contains("16"));
    }

    @Test
    void findsWindowsThatDoNotAddUp() {
        clientLine(1, true, false, 10, 0, 10, 0);
        clientLine(1, false, true, 15, 7, 15, 7);
        serverLine(2, true, true, 7, 15, 7, 15);

        assertThat(Exactness.of(flows, List.of(truth(15, 7))).problems())
                .singleElement()
                .asString()
                .contains("sum of the windows");
    }

    @Test
    void findsAConnectionSeenTwice() {
        clientLine(1, true, true, 15, 7, 15, 7);
        clientLine(3, true, true, 15, 7, 15, 7);
        serverLine(2, true, true, 7, 15, 7, 15);

        assertThat(Exactness.of(flows, List.of(truth(15, 7))).problems())
                .singleElement()
                .asString()
                .contains("seen 2 times");
    }

    @Test
    void findsAMissingEnd() {
        clientLine(1, true, true, 15, 7, 15, 7);

        assertThat(Exactness.of(flows, List.of(truth(15, 7))).problems())
                .singleElement()
                .asString()
                .contains("SERVER", "seen 0 times");
    }

    @Test
    void findsAConnectionOpenedTwiceOrNeverClosed() {
        clientLine(1, true, false, 15, 7, 15, 7);
        clientLine(1, true, false, 0, 0, 15, 7);
        serverLine(2, true, true, 7, 15, 7, 15);

        assertThat(Exactness.allClosed(flows, List.of(truth(15, 7)))).isFalse();
        assertThat(Exactness.of(flows, List.of(truth(15, 7))).problems())
                .anyMatch(problem -> problem.contains("marked opened: expected 1, saw 2"))
                .anyMatch(problem -> problem.contains("marked closed: expected 1, saw 0"));
    }

    @Test
    void countsOnlyLossesThatMatter() {
        flows.add(line("CLIENT", 1, CLIENT, SERVER, true, true, 0, 0, 0, 0));

        assertThat(Exactness.lostEvents(flows.losses())).isEqualTo(5);
    }

    private static Truth truth(long up, long down) {
        Tally client = new Tally(up, down);
        Tally server = new Tally(down, up);
        return new Truth("plain", CLIENT, SERVER, client, client, server, null, "CLIENT", "FIN");
    }

    private void clientLine(
            long cookie,
            boolean opened,
            boolean closed,
            long out,
            long in,
            long allOut,
            long allIn) {
        flows.add(line("CLIENT", cookie, CLIENT, SERVER, opened, closed, out, in, allOut, allIn));
    }

    private void serverLine(
            long cookie,
            boolean opened,
            boolean closed,
            long out,
            long in,
            long allOut,
            long allIn) {
        flows.add(line("SERVER", cookie, SERVER, CLIENT, opened, closed, out, in, allOut, allIn));
    }

    private static FlowLine line(
            String role,
            long cookie,
            Endpoint local,
            Endpoint remote,
            boolean opened,
            boolean closed,
            long out,
            long in,
            long allOut,
            long allIn) {
        return FlowLine.parse(
                """
                {"netns":4026531840,"cookie":%d,"role":"%s","state":"%s",
                "local":{"address":"%s","port":%d},"remote":{"address":"%s","port":%d},
                "opened":%b,"closed":%b,"adopted":false,"failure":null,"closedBy":"%s",
                "closeKind":"FIN","bytesSent":%d,"bytesReceived":%d,"bytesSentTotal":%d,
                "bytesReceivedTotal":%d,"pid":7,"comm":"traffic","v4Mapped":false,"mptcp":false,
                "segmentsRetransmitted":0,"windowEnd":"2026-01-01T00:00:00Z",
                "witnesses":"EVENTS_AND_DIAG","sequence":1,
                "losses":{"ringActive":2,"ringClose":3,"late":100,"hookMissed":50}}
                """
                        .formatted(
                                cookie,
                                role,
                                closed ? "CLOSE" : "ESTABLISHED",
                                local.address(),
                                local.port(),
                                remote.address(),
                                remote.port(),
                                opened,
                                closed,
                                role.equals("CLIENT") ? "LOCAL" : "REMOTE",
                                out,
                                in,
                                allOut,
                                allIn));
    }
}
