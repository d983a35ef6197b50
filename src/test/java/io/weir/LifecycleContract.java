package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.AgentProcess;
import io.weir.testkit.BpfIds;
import io.weir.testkit.KernelSince;
import io.weir.testkit.SeenConnection;
import io.weir.testkit.Traffic;
import io.weir.testkit.Truth;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the agent goes, asked and unasked. */
abstract class LifecycleContract {
    private static final Duration FREED_LIMIT = Duration.ofSeconds(10);

    /** How long stopping may take. */
    abstract Duration stopLimit();

    private AgentProcess start(String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(closeTimeout());
        return AgentProcess.start(all.toArray(String[]::new));
    }

    /** The agent's own patience, where the default would be too short. */
    List<String> closeTimeout() {
        return List.of();
    }

    @Test
    void flushesWhatItKnowsOnSigterm() throws IOException, InterruptedException {
        KernelSince.assume(5, 12, "the window sweep goes over socket storage");
        try (AgentProcess agent = start("--window", "1m");
                Traffic traffic = Traffic.start("keepalive-idle", List.of("--hold", "30"))) {
            Truth truth = traffic.next();

            Duration took = agent.stop(stopLimit());

            List<SeenConnection> client =
                    agent.flows().between("CLIENT", truth.clientEnd(), truth.serverEnd());
            List<SeenConnection> server =
                    agent.flows().between("SERVER", truth.serverEnd(), truth.clientEnd());
            assertThat(client).extracting(SeenConnection::sum).containsExactly(truth.client());
            assertThat(server).extracting(SeenConnection::sum).containsExactly(truth.server());
            assertThat(client.getFirst().closed()).isZero();
            assertThat(took).isLessThan(stopLimit());
        }
    }

    @Test
    void leavesNothingInTheKernelAfterSigterm() throws IOException, InterruptedException {
        Set<String> before = BpfIds.all();
        try (AgentProcess agent = start()) {
            Set<String> own = BpfIds.allBut(before);
            assertThat(own).anyMatch(id -> id.startsWith("program"));

            agent.stop(stopLimit());

            assertThat(BpfIds.awaitFreed(own, FREED_LIMIT)).isEmpty();
        }
    }

    @Test
    void leavesNothingInTheKernelAfterSigkill() throws IOException, InterruptedException {
        Set<String> before = BpfIds.all();
        try (AgentProcess agent = start()) {
            Set<String> own = BpfIds.allBut(before);
            assertThat(own).anyMatch(id -> id.startsWith("program"));

            agent.kill();

            assertThat(BpfIds.awaitFreed(own, FREED_LIMIT)).isEmpty();
        }
    }
}
