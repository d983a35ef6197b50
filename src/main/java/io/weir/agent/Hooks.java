package io.weir.agent;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.weir.agent.bpf.AttachPlanner;
import io.weir.agent.bpf.BpfException;
import io.weir.agent.bpf.BpfObjects;
import io.weir.agent.bpf.KernelFeatures;
import io.weir.agent.bpf.TcpProbe;
import io.weir.agent.check.Verdict;
import io.weir.agent.sys.MissingLibraryException;
import io.weir.config.AgentSettings;
import io.weir.config.Hook;
import io.weir.config.HookUse;
import io.weir.config.Step;
import io.weir.record.LossCounters;
import io.weir.record.Witnesses;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The programs in the kernel, if it takes any; else why not. Ring reader's thread. */
final class Hooks implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Hooks.class.getName());
    private static final Set<Hook> ESSENTIAL = EnumSet.of(Hook.STATE, Hook.SEND, Hook.RECEIVE);

    private final TcpProbe probe;
    private final KernelLosses losses;
    private final Witnesses witnesses;
    private final String description;

    private Hooks(TcpProbe probe, Witnesses witnesses, String description) {
        this.probe = probe;
        this.losses = probe == null ? null : new KernelLosses(probe);
        this.witnesses = witnesses;
        this.description = description;
    }

    /**
     * Attaches what this kernel takes.
     *
     * @throws BpfException if it takes nothing, and the settings do not allow to go on without, or the
     *     operator can mend it
     * @throws MissingLibraryException without libbpf
     */
    static Hooks attach(AgentSettings settings) {
        boolean polls = !settings.poll().interval().isZero();
        if (settings.hooks() == HookUse.OFF && polls) {
            return none("switched off by --hooks");
        }
        try {
            TcpProbe probe = attached(settings);
            Witnesses witnesses = polls ? Witnesses.EVENTS_AND_DIAG : Witnesses.EVENTS;
            return new Hooks(probe, witnesses, probe.plan().describe());
        } catch (BpfException refused) {
            if (settings.hooks() == HookUse.REQUIRED || !polls || isRemediable(refused)) {
                throw refused;
            }
            LOG.log(
                    WARNING,
                    "no kernel events, sockets are polled alone: connections between two polls"
                            + " ({0} ms) are missed. {1}",
                    settings.poll().interval().toMillis(),
                    refused.getMessage());
            return none(refused.getMessage());
        }
    }

    /** A right that the operator can give: better said than done without. */
    private static boolean isRemediable(BpfException refused) {
        return refused instanceof BpfException.InvalidObject
                || (refused instanceof BpfException.NotPermitted
                        && !Capabilities.missing().isEmpty());
    }

    private static Hooks none(String why) {
        return new Hooks(null, Witnesses.DIAG, "poll only, no hooks: " + why);
    }

    private static TcpProbe attached(AgentSettings settings) {
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

    /** What tells of connections. */
    Witnesses witnesses() {
        return witnesses;
    }

    /** One line a person can read. */
    String describe() {
        return description;
    }

    /** What the kernel could not tell, as of lately; any thread. */
    LossCounters losses() {
        return losses == null ? LossCounters.NONE : losses.latest();
    }

    /** Feeds the pipeline until asked to stop. */
    void run(
            Pipeline pipeline,
            AgentClock clock,
            SampleQueue samples,
            Duration window,
            StopSignal stop) {
        if (probe == null) {
            new DiagLoop(pipeline, clock, samples).run(stop);
        } else {
            new RingLoop(probe, pipeline, losses, clock, samples, window).run(stop);
        }
    }

    @Override
    public void close() {
        if (probe != null) {
            probe.close();
        }
    }
}
