package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.AgentProcess;
import io.weir.testkit.BpfIds;
import io.weir.testkit.SeenConnection;
import io.weir.testkit.Traffic;
import io.weir.testkit.Truth;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the agent goes, asked and unasked. */
@Tag("kernel")
class LifecycleKernelTest {
    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(2);
    private static final Duration FREED_LIMIT = Duration.ofSeconds(10);

    @Test
    void flushesWhatItKnowsOnSigterm() throws IOException, InterruptedException {
        try (AgentProcess agent = AgentProcess.start("--window", "1m");
                Traffic traffic = Traffic.start("keepalive-idle", List.of("--hold", "30"))) {
            Truth truth = traffic.next();

            Duration took = agent.stop(FLUSH_LIMIT.multipliedBy(5));

            List<SeenConnection> client =
                    agent.flows().between("CLIENT", truth.clientEnd(), truth.serverEnd());
            List<SeenConnection> server =
                    agent.flows().between("SERVER", truth.serverEnd(), truth.clientEnd());
            assertThat(client).extracting(SeenConnection::sum).containsExactly(truth.client());
            assertThat(server).extracting(SeenConnection::sum).containsExactly(truth.server());
            assertThat(client.getFirst().closed()).isZero();
            assertThat(took).isLessThan(FLUSH_LIMIT);
        }
    }

    @Test
    void leavesNothingInTheKernelAfterSigterm() throws IOException, InterruptedException {
        Set<String> before = BpfIds.all();
        try (AgentProcess agent = AgentProcess.start()) {
            Set<String> own = BpfIds.allBut(before);
            assertThat(own).anyMatch(id -> id.startsWith("program"));

            agent.stop(FLUSH_LIMIT.multipliedBy(5));

            assertThat(BpfIds.awaitFreed(own, FREED_LIMIT)).isEmpty();
        }
    }

    @Test
    void leavesNothingInTheKernelAfterSigkill() throws IOException, InterruptedException {
        Set<String> before = BpfIds.all();
        try (AgentProcess agent = AgentProcess.start()) {
            Set<String> own = BpfIds.allBut(before);
            assertThat(own).anyMatch(id -> id.startsWith("program"));

            agent.kill();

            assertThat(BpfIds.awaitFreed(own, FREED_LIMIT)).isEmpty();
        }
    }
}
