package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.AgentProcess;
import io.weir.testkit.BulkTruth;
import io.weir.testkit.Exactness;
import io.weir.testkit.ExactnessTable;
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
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final long FROZEN_MS = 300;
    private static final long THAWED_MS = 500;

    @TempDir private Path directory;

    @Test
    void losesNothingWhenTheRingOverflows() throws IOException, InterruptedException {
        Path detail = directory.resolve("detail");
        try (AgentProcess agent = AgentProcess.start("--ring-size", "64k")) {
            playWhileTheAgentStalls(agent, detail);
            List<Truth> truths = BulkTruth.read("short-20000", detail);

            Exactness exactness = Exactness.await(agent.flows(), truths, LIMIT);

            Map<String, Long> losses = agent.flows().losses();
            new ExactnessTable()
                    .append("short-20000-64k-ring", exactness, Exactness.lostEvents(losses));
            assertThat(exactness.problems()).as(exactness.report()).isEmpty();
            assertThat(losses.get("ringClose")).as("closes parked, of %s", losses).isPositive();
            assertThat(losses.get("parkFull")).as("closes lost, of %s", losses).isZero();
            agent.stop(Duration.ofSeconds(10));
        }
    }

    private static void playWhileTheAgentStalls(AgentProcess agent, Path detail)
            throws IOException, InterruptedException {
        try (Traffic traffic =
                Traffic.start("short-20000", List.of("--detail", detail.toString()))) {
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
