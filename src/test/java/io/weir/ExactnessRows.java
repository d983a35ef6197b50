package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.AgentProcess;
import io.weir.testkit.BulkTruth;
import io.weir.testkit.Exactness;
import io.weir.testkit.ExactnessTable;
import io.weir.testkit.FlowLine;
import io.weir.testkit.Flows;
import io.weir.testkit.KernelSince;
import io.weir.testkit.Modules;
import io.weir.testkit.NetnsPair;
import io.weir.testkit.SeenConnection;
import io.weir.testkit.Traffic;
import io.weir.testkit.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exactness table: real sockets against one agent, every byte of every connection. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ExactnessRows {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration BULK_LIMIT = Duration.ofMinutes(5);
    private static final Duration NEXT_WINDOW = Duration.ofSeconds(4);

    @TempDir private Path directory;
    private AgentProcess agent;
    private ExactnessTable table;

    @BeforeAll
    void startAgent() throws IOException, InterruptedException {
        Modules.load();
        table = new ExactnessTable();
        // an emulated processor gives the agent little time: what waits for it needs room
        agent =
                AgentProcess.start(
                        "--ring-size",
                        "16m",
                        "--parked-closes",
                        "65536",
                        "--close-timeout",
                        "20s",
                        "--poll-interval",
                        "2s",
                        "--poll-longest",
                        "2s");
    }

    @AfterAll
    void stopAgent() throws InterruptedException {
        if (agent != null) {
            agent.stop(Duration.ofMinutes(1));
            assertThat(agent.errors()).doesNotContain("disagree");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "waitall",
                "peek",
                "sendfile",
                "splice",
                "writev-sendmmsg",
                "nonblocking",
                "zerocopy",
                "io-uring",
                "ktls",
                "mptcp",
                "half-close",
                "rst-mid-transfer",
                "reset",
                "fast-open",
                "v4",
                "v6",
                "v4-mapped",
                "refused",
                "timed-out",
                "unreachable",
                "reset-connect",
                "abandoned"
            })
    void isExact(String row) throws IOException, InterruptedException {
        long lostBefore = lost();

        List<Truth> truths = Traffic.play(row, List.of());

        assertExact(row, truths, LIMIT, lostBefore);
    }

    @ParameterizedTest
    @ValueSource(strings = {NetnsPair.SERVER_V4, NetnsPair.SERVER_V6})
    void isExactAcrossNamespaces(String server) throws IOException, InterruptedException {
        try (NetnsPair namespaces = NetnsPair.open()) {
            long lostBefore = lost();

            List<Truth> truths = Traffic.play("netns", namespaces.options(server));

            assertExact("netns", truths, LIMIT, lostBefore);
            for (Truth truth : truths) {
                assertThat(client(truth).last().identity().netns())
                        .isNotEqualTo(server(truth).last().identity().netns());
            }
        }
    }

    @Test
    void isExactUnderLoss() throws IOException, InterruptedException {
        try (NetnsPair namespaces = NetnsPair.open()) {
            namespaces.lose(1, 10);
            long lostBefore = lost();

            List<Truth> truths = Traffic.play("loss", namespaces.options(NetnsPair.SERVER_V4));

            assertExact("loss", truths, LIMIT, lostBefore);
            assertThat(client(truths.getFirst()).lines().stream())
                    .anyMatch(line -> line.segmentsRetransmitted() > 0);
        }
    }

    @Test
    void isExactForManyShortConnections() throws IOException, InterruptedException {
        Path detail = directory.resolve("detail");
        long lostBefore = lost();

        try (Traffic traffic =
                Traffic.start("short-20000", List.of("--detail", detail.toString()))) {
            traffic.awaitSuccess();
        }

        assertExact("short-20000", BulkTruth.read("short-20000", detail), BULK_LIMIT, lostBefore);
    }

    @Test
    void tellsTheLastBytesThoughNothingMovesAnyMore() throws IOException, InterruptedException {
        KernelSince.assume(5, 12, "the window sweep goes over socket storage");
        long lostBefore = lost();
        try (Traffic traffic = Traffic.start("keepalive-idle", List.of("--hold", "12"))) {
            Truth truth = traffic.next();
            Instant silent = Instant.now();

            agent.flows().await(NEXT_WINDOW.plus(NEXT_WINDOW), flows -> totalsAreRight(truth));

            assertThat(client(truth).closed()).isZero();
            assertThat(server(truth).closed()).isZero();
            assertThat(client(truth).last().total()).isEqualTo(truth.client());
            assertThat(server(truth).last().total()).isEqualTo(truth.server());
            assertThat(client(truth).last().windowEnd()).isBefore(silent.plus(NEXT_WINDOW));
            assertThat(server(truth).last().windowEnd()).isBefore(silent.plus(NEXT_WINDOW));
            assertThat(traffic.isRunning()).isTrue();
            List<Truth> truths = new ArrayList<>(List.of(truth));
            truths.addAll(traffic.finish());
            assertExact("keepalive-idle", truths, LIMIT, lostBefore);
        }
    }

    @Test
    void namesTheOwner() throws IOException, InterruptedException {
        try (Traffic traffic = Traffic.start("plain", List.of())) {
            List<Truth> truths = traffic.finish();

            Exactness.await(agent.flows(), truths, LIMIT);

            for (Truth truth : truths) {
                for (FlowLine end : List.of(client(truth).last(), server(truth).last())) {
                    assertThat(end.pid()).isEqualTo(traffic.pid());
                    assertThat(end.comm()).isEqualTo("traffic");
                }
            }
        }
    }

    @Test
    void tellsV4MappedSocketsFromOthers() throws IOException, InterruptedException {
        List<Truth> truths = Traffic.play("v4-mapped", List.of());

        Exactness.await(agent.flows(), truths, LIMIT);

        assertThat(truths).extracting(truth -> server(truth).last().v4Mapped()).containsOnly(true);
        assertThat(truths)
                .extracting(truth -> client(truth).last().v4Mapped())
                .containsExactly(false, false, true, true);
    }

    private void assertExact(String row, List<Truth> truths, Duration limit, long lostBefore)
            throws IOException, InterruptedException {
        assertThat(truths).isNotEmpty();
        Exactness exactness = Exactness.await(agent.flows(), truths, limit);
        table.append(row, exactness, lost() - lostBefore);
        exactness.verify();
        assertThat(agent.flows().withoutPort()).isEmpty();
    }

    private long lost() {
        return Exactness.lostEvents(agent.flows().losses());
    }

    private boolean totalsAreRight(Truth truth) {
        Flows flows = agent.flows();
        return flows.between("CLIENT", truth.clientEnd(), truth.serverEnd()).stream()
                        .anyMatch(seen -> seen.last().total().equals(truth.client()))
                && flows.between("SERVER", truth.serverEnd(), truth.clientEnd()).stream()
                        .anyMatch(seen -> seen.last().total().equals(truth.server()));
    }

    private SeenConnection client(Truth truth) {
        return only(agent.flows().between("CLIENT", truth.clientEnd(), truth.serverEnd()));
    }

    private SeenConnection server(Truth truth) {
        return only(agent.flows().between("SERVER", truth.serverEnd(), truth.clientEnd()));
    }

    private static SeenConnection only(List<SeenConnection> seen) {
        assertThat(seen).hasSize(1);
        return seen.getFirst();
    }
}
