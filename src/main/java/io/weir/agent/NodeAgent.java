package io.weir.agent;

import static java.lang.System.Logger.Level.WARNING;

import io.weir.agent.check.CheckReport;
import io.weir.agent.check.LiveReport;
import io.weir.agent.check.WitnessReport;
import io.weir.agent.flow.AgentIdentity;
import io.weir.agent.flow.FlowTable;
import io.weir.agent.sink.FlowSink;
import io.weir.agent.sink.NullSink;
import io.weir.config.AgentSettings;
import io.weir.metrics.Metrics;
import io.weir.record.LossCounters;
import io.weir.record.Witnesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The agent of one machine: programs in the kernel, ring, poller, pipeline, sink. The thread that calls
 * {@link #run} is the ring reader.
 */
public final class NodeAgent implements AgentRunner {
    private static final System.Logger LOG = System.getLogger(NodeAgent.class.getName());
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);

    @Override
    public void run(AgentSettings settings, FlowSink sink, StopSignal stop, Notices notices) {
        observe(settings, sink, stop, notices);
    }

    @Override
    public LiveReport watch(AgentSettings settings, StopSignal stop, Notices notices) {
        return observe(settings, new NullSink(), stop, notices);
    }

    private LiveReport observe(
            AgentSettings settings, FlowSink sink, StopSignal stop, Notices notices) {
        try (sink;
                Hooks hooks = Hooks.attach(settings)) {
            SampleQueue samples = new SampleQueue();
            FlowTable table =
                    new FlowTable(
                            settings.window().toNanos(),
                            settings.maxFlows(),
                            new AgentIdentity(settings.agentId(), bootId(), hooks.witnesses()),
                            hooks::losses,
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
            Polling polling = new Polling(settings.poll(), samples, table::witnesses, stop);
            try (pipeline;
                    polling;
                    Metrics metrics =
                            AgentMetrics.of(
                                    table::witnesses,
                                    polling::report,
                                    () -> hooks.losses().withAgent(table.losses()))) {
                settings.metrics()
                        .ifPresent(address -> notices.say("metrics at " + metrics.serve(address)));
                pipeline.start();
                notices.say("watching TCP on " + settings.agentId() + ": " + hooks.describe());
                if (hooks.witnesses() != Witnesses.EVENTS) {
                    polling.start();
                }
                hooks.run(pipeline, clock, samples, settings.window(), stop);
            }
            LossCounters losses = hooks.losses().withAgent(table.losses());
            if (stop.failure().isEmpty()) { // else that says why
                sayUntold(pipeline.untold());
            }
            sayLost(losses);
            sayDisagreed(table.witnesses());
            return new LiveReport(
                    hooks.describe(),
                    table.witnesses(),
                    polling.report(),
                    losses.connectionsLost());
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

    private static void sayDisagreed(WitnessReport report) {
        if (report.unexplained() > 0) {
            LOG.log(
                    WARNING,
                    "events and polls disagree: {0} bytes contradict each other, {1} connections"
                            + " missing from a poll, {2} connections and {3} bytes told by no"
                            + " event, {4} closes told by no event",
                    report.bytesDisagreed(),
                    report.missedByDiag(),
                    report.missedByEvents(),
                    report.bytesMissedByEvents(),
                    report.closesUnseen());
        }
    }

    @Override
    public CheckReport check(AgentSettings settings) {
        return new KernelCheck(settings).report();
    }

    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException unreadable) {
            return "";
        }
    }
}
