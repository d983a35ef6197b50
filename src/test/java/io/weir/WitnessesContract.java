package io.weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.testkit.AgentProcess;
import io.weir.testkit.Distribution;
import io.weir.testkit.Endpoint;
import io.weir.testkit.Flows;
import io.weir.testkit.ManyConnections;
import io.weir.testkit.SeenConnection;
import io.weir.testkit.Tally;
import io.weir.testkit.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Events and polls together: what was there before, and that the two agree. */
abstract class WitnessesContract {
    private static final int CONNECTIONS = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final List<String> PATIENT =
            List.of("--ring-size", "16m", "--parked-closes", "65536", "--close-timeout", "20s");

    @Test
    void shouldAdoptConnectionsOlderThanTheAgentAndCountOnlyWhatIsNew()
            throws IOException, InterruptedException {
        try (ManyConnections connections = ManyConnections.open(CONNECTIONS)) {
            connections.exchange(1_000, 500);
            List<Tally> before = atClients(connections);
            try (AgentProcess agent = start("--poll-interval", "1s", "--poll-longest", "1s")) {
                await(agent, connections, seen -> seen.last().adopted());
                assertAll(connections, agent, seen -> seen.sum().equals(Tally.NONE));
                assertTotals(connections, agent);

                connections.exchange(300, 700);
                connections.closeConnections();

                await(agent, connections, seen -> seen.closed() == 1);
                assertTotals(connections, agent);
                assertAll(connections, agent, seen -> seen.opened() == 0);
                assertAll(connections, agent, seen -> seen.last().closeKind().equals("FIN"));
                assertNew(connections, agent, before);
                agent.stop(Duration.ofMinutes(1));
                assertThat(agent.errors()).doesNotContain("disagree");
            }
        }
    }

    @Test
    void shouldFollowConnectionsByPollsAloneAndSaySo() throws IOException, InterruptedException {
        try (ManyConnections old = ManyConnections.open(20);
                AgentProcess agent = start("--hooks", "off", "--poll-interval", "1s")) {
            assertThat(agent.errors()).contains("poll only");
            await(agent, old, seen -> seen.last().adopted());
            try (ManyConnections connections = ManyConnections.open(20)) {
                connections.exchange(1_000, 500);
                await(agent, connections, seen -> seen.opened() == 1 && seen.sum().sent() > 0);
                assertAll(connections, agent, seen -> !seen.last().adopted());
                assertTotals(connections, agent);

                connections.closeConnections();

                await(agent, connections, seen -> seen.closed() == 1);
                assertAll(connections, agent, seen -> seen.last().closeKind().equals("UNSEEN"));
                assertAll(connections, agent, seen -> seen.last().witnesses().equals("DIAG"));
                assertTotals(connections, agent);
            }
        }
    }

    @Test
    void shouldFindBothWitnessesInAgreement() throws IOException, InterruptedException {
        Process check = checkLive();
        try (ManyConnections connections = ManyConnections.open(50)) {
            while (check.isAlive()) {
                connections.exchange(10_000, 20_000);
                Traffic.play("plain", List.of());
                Thread.sleep(200);
            }
        }
        String output = new String(check.getInputStream().readAllBytes(), UTF_8);
        String errors = new String(check.getErrorStream().readAllBytes(), UTF_8);
        JsonNode report = new JsonMapper().readTree(output);

        assertThat(check.waitFor()).as(output + errors).isIn(0, 7);
        JsonNode witnesses = report.required("witnesses");
        assertThat(witnesses.required("unexplained").longValue()).as(output).isZero();
        assertThat(report.required("closesLost").longValue()).isZero();
        assertThat(witnesses.required("rounds").longValue()).isGreaterThan(2);
        assertThat(witnesses.required("connectionsBoth").longValue()).isGreaterThanOrEqualTo(100);
        assertThat(witnesses.required("bytesBoth").longValue()).isPositive();
    }

    private static Process checkLive() throws IOException {
        return new ProcessBuilder(
                        Distribution.weir().toString(),
                        "check",
                        "--live",
                        "--duration",
                        "15s",
                        "--ring-size",
                        "16m",
                        "--format",
                        "json")
                .start();
    }

    private static AgentProcess start(String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(PATIENT);
        all.addAll(List.of(options));
        return AgentProcess.start(all.toArray(String[]::new));
    }

    private static void await(
            AgentProcess agent, ManyConnections connections, Predicate<SeenConnection> condition)
            throws InterruptedException {
        boolean satisfied =
                agent.flows().await(LIMIT, flows -> unlike(flows, connections, condition) == 0);
        assertThat(satisfied)
                .as(() -> firstUnlike(agent.flows(), connections, condition) + agent.errors())
                .isTrue();
    }

    private static long unlike(
            Flows flows, ManyConnections connections, Predicate<SeenConnection> condition) {
        return connections.pairs().stream()
                .filter(pair ->
                        !(is(flows, pair.clientEnd(), pair.serverEnd(), condition)
                                && is(flows, pair.serverEnd(), pair.clientEnd(), condition)))
                .count();
    }

    private static String firstUnlike(
            Flows flows, ManyConnections connections, Predicate<SeenConnection> condition) {
        ManyConnections.Pair pair =
                connections.pairs().stream()
                        .filter(one ->
                                !(is(flows, one.clientEnd(), one.serverEnd(), condition)
                                        && is(flows, one.serverEnd(), one.clientEnd(), condition)))
                        .findFirst()
                        .orElseThrow();
        return unlike(flows, connections, condition)
                + " are not, such as "
                + flows.between(pair.clientEnd(), pair.serverEnd())
                + " and "
                + flows.between(pair.serverEnd(), pair.clientEnd());
    }

    private static boolean is(
            Flows flows, Endpoint local, Endpoint remote, Predicate<SeenConnection> condition) {
        List<SeenConnection> seen = flows.between(local, remote);
        return seen.size() == 1 && condition.test(seen.getFirst());
    }

    private static void assertAll(
            ManyConnections connections, AgentProcess agent, Predicate<SeenConnection> condition) {
        assertThat(unlike(agent.flows(), connections, condition)).isZero();
    }

    private static void assertTotals(ManyConnections connections, AgentProcess agent) {
        for (ManyConnections.Pair pair : connections.pairs()) {
            assertThat(only(agent, pair.clientEnd(), pair.serverEnd()).last().total())
                    .isEqualTo(pair.atClient());
            assertThat(only(agent, pair.serverEnd(), pair.clientEnd()).last().total())
                    .isEqualTo(pair.atServer());
        }
    }

    private static void assertNew(
            ManyConnections connections, AgentProcess agent, List<Tally> before) {
        for (int i = 0; i < before.size(); i++) {
            ManyConnections.Pair pair = connections.pairs().get(i);
            Tally told = only(agent, pair.clientEnd(), pair.serverEnd()).sum();
            assertThat(told.plus(before.get(i))).isEqualTo(pair.atClient());
        }
    }

    private static List<Tally> atClients(ManyConnections connections) {
        return connections.pairs().stream().map(ManyConnections.Pair::atClient).toList();
    }

    private static SeenConnection only(AgentProcess agent, Endpoint local, Endpoint remote) {
        List<SeenConnection> seen = agent.flows().between(local, remote);
        assertThat(seen).hasSize(1);
        return seen.getFirst();
    }
}
