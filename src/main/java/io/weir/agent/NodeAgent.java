package io.weir.agent;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.weir.agent.bpf.AttachPlanner;
import io.weir.agent.bpf.BpfObjects;
import io.weir.agent.bpf.KernelFeatures;
import io.weir.agent.bpf.TcpProbe;
import io.weir.agent.check.CheckReport;
import io.weir.agent.check.Verdict;
import io.weir.agent.flow.AgentIdentity;
import io.weir.agent.flow.FlowTable;
import io.weir.agent.sink.FlowSink;
import io.weir.config.AgentSettings;
import io.weir.config.Hook;
import io.weir.config.Step;
import io.weir.record.LossCounters;
import io.weir.record.Witnesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The agent of one machine: programs in the kernel, ring, pipeline, sink. The thread that calls {@link
 * #run} is the ring reader.
 */
public final class NodeAgent implements AgentRunner {
    private static final System.Logger LOG = System.getLogger(NodeAgent.class.getName());
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);

    private static final Set<Hook> ESSENTIAL = EnumSet.of(Hook.STATE, Hook.SEND, Hook.RECEIVE);

    @Override
    public void run(AgentSettings settings, FlowSink sink, StopSignal stop, Notices notices) {
        try (sink;
                TcpProbe probe = attach(settings)) {
            KernelLosses losses = new KernelLosses(probe);
            FlowTable table =
                    new FlowTable(
                            settings.window().toNanos(),
                            settings.maxFlows(),
                            new AgentIdentity(settings.agentId(), bootId(), Witnesses.EVENTS),
                            losses::latest,
                            sink::offer);
            AgentClock clock = AgentClock.system();
            Pipeline pipeline =
                    new Pipeline(
                            new PipelineSettings(
                                    PipelineSettings.DEFAULT_SLOTS,
                                    settings.waitChoice(),
                                    STALL_TIMEOUT,
                                    settings.closeTimeout()),
                            clock,
                            table,
                            sink,
                            stop::fail);
            try (pipeline) {
                pipeline.start();
                notices.say(
                        "watching TCP on " + settings.agentId() + ": " + probe.plan().describe());
                new RingLoop(probe, pipeline, losses, clock, settings.window()).run(stop);
            }
            sayUntold(pipeline.untold());
            sayLost(losses.latest().withAgent(table.losses()));
        }
    }

    /** What the sink did not take in the time given at the end is gone: never in silence. */
    private static void sayUntold(int flows) {
        if (flows > 0) {
            LOG.log(
                    WARNING,
                    "stopping took too long: the last records of {0} flows are lost",
                    flows);
        }
    }

    /** Counters travel in records; what was lost after the last one is said here. */
    private static void sayLost(LossCounters losses) {
        if (losses.connectionsLost() > 0) {
            LOG.log(
                    WARNING,
                    "the ends of {0} connections are lost: {1}",
                    losses.connectionsLost(),
                    losses);
        }
    }

    @Override
    public CheckReport check(AgentSettings settings) {
        return new KernelCheck(settings).report();
    }

    private static TcpProbe attach(AgentSettings settings) {
        try (KernelFeatures kernel = KernelFeatures.read()) {
            TcpProbe probe =
                    new AttachPlanner(BpfObjects.tcpFlow(), Probes.settings(settings), kernel)
                            .attach();
            explain(probe);
            return probe;
        }
    }

    /** Says of each hook that could not take its first step why: loudly only where records suffer. */
    private static void explain(TcpProbe probe) {
        Map<Hook, Step> chosen = probe.plan().steps();
        for (Hook hook : Hook.values()) {
            Step step = chosen.get(hook);
            String reasons =
                    probe.plan().verdicts().get(hook).stream()
                            .takeWhile(verdict -> verdict.step() != step)
                            .filter(verdict -> verdict.verdict() == Verdict.NO)
                            .map(verdict -> verdict.step().key() + ": " + verdict.reason())
                            .collect(Collectors.joining("; "));
            if (!reasons.isEmpty()) {
                LOG.log(
                        step == null && ESSENTIAL.contains(hook) ? WARNING : INFO,
                        "{0} {1}: {2}",
                        hook.function(),
                        step == null ? "is not watched" : "is watched by " + step.key(),
                        reasons);
            }
        }
    }

    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException unreadable) {
            return "";
        }
    }
}
