package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.AgentProcess;
import io.weir.testkit.BulkTruth;
import io.weir.testkit.Exactness;
import io.weir.testkit.ExactnessTable;
import io.weir.testkit.Flows;
import io.weir.testkit.Traffic;
import io.weir.testkit.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ring far too small for the traffic: reports are dropped, and nothing is lost. */
@Tag("kernel")
class OverflowKernelTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final long FROZEN_MS = 300;
    private static final long THAWED_MS = 500;

    @TempDir private Path directory;

    @Test
    void losesNothingWhenTheRingOverflows() throws IOException, InterruptedException {
        Path detail = directory.resolve("detail");
        try (AgentProcess agent =
                AgentProcess.start(
                        "--ring-size",
                        "64k",
                        "--parked-closes",
                        "65536",
                        "--close-timeout",
                        "20s")) {
            playWhileTheAgentStalls(agent, detail, 20_000);
            List<Truth> truths = BulkTruth.read("short-20000", detail);

            Exactness exactness = Exactness.await(agent.flows(), truths, LIMIT);

            Map<String, Long> losses = agent.flows().losses();
            new ExactnessTable()
                    .append("short-20000-64k-ring", exactness, Exactness.lostEvents(losses));
            exactness.verify();
            assertThat(losses.get("ringClose")).as("closes parked, of %s", losses).isPositive();
            assertThat(losses.get("parkFull")).as("closes lost, of %s", losses).isZero();
            agent.stop(Duration.ofMinutes(1));
        }
    }

    @Test
    void countsEveryCloseItLosesWhenTheParkIsFullToo() throws IOException, InterruptedException {
        Path detail = directory.resolve("detail");
        try (AgentProcess agent =
                AgentProcess.start(
                        "--ring-size", "64k", "--parked-closes", "256", "--close-timeout", "20s")) {
            playWhileTheAgentStalls(agent, detail, 5_000);
            List<Truth> truths = BulkTruth.read("short-20000", detail);

            int laterEnds = awaitAccounted(agent, truths);
            agent.stop(Duration.ofMinutes(1));

            assertThat(agent.flows().losses().get("parkFull")).isPositive();
            assertThat(accounted(agent.flows(), truths))
                    .isBetween(2L * truths.size(), 2L * truths.size() + laterEnds);
        }
    }

    /**
     * Loss counters travel in records: when the last closes were lost, a later record tells of it.
     *
     * @return ends of the later connections, whose closes may be among the lost ones
     */
    private static int awaitAccounted(AgentProcess agent, List<Truth> truths)
            throws IOException, InterruptedException {
        int laterEnds = 0;
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadlineNs
                && !agent.flows()
                        .await(
                                Duration.ofSeconds(5),
                                flows -> accounted(flows, truths) >= 2L * truths.size())) {
            laterEnds += 2 * Traffic.play("plain", List.of()).size();
        }
        return laterEnds;
    }

    /** Ends whose close was told, and ends whose close was counted as lost. */
    private static long accounted(Flows flows, List<Truth> truths) {
        return Exactness.closedEnds(flows, truths) + flows.losses().getOrDefault("parkFull", 0L);
    }

    private static void playWhileTheAgentStalls(AgentProcess agent, Path detail, int connections)
            throws IOException, InterruptedException {
        List<String> options =
                List.of(
                        "--detail",
                        detail.toString(),
                        "--connections",
                        Integer.toString(connections));
        try (Traffic traffic = Traffic.start("short-20000", options)) {
            while (traffic.isRunning()) {
                agent.signal("STOP");
                Thread.sleep(FROZEN_MS);
                agent.signal("CONT");
                Thread.sleep(THAWED_MS);
            }
            traffic.awaitSuccess();
        }
    }
}
