package io.weir.agent;

import io.weir.agent.check.PollReport;
import io.weir.agent.check.WitnessReport;
import io.weir.agent.netlink.DumpSettings;
import io.weir.agent.netlink.InetDiagPoller;
import io.weir.agent.netlink.PollStats;
import io.weir.agent.proc.NamespaceFinder;
import io.weir.config.PollSettings;
import java.util.function.Supplier;

/** The second witness: looks at every socket of every network namespace, on a thread of its own. */
final class Polling implements AutoCloseable {
    private final PollSettings settings;
    private final SampleQueue samples;
    private final InetDiagPoller poller;

    Polling(
            PollSettings settings,
            SampleQueue samples,
            Supplier<WitnessReport> report,
            StopSignal stop) {
        this.settings = settings;
        this.samples = samples;
        this.poller =
                new InetDiagPoller(
                        NamespaceFinder.ofThisMachine(),
                        DumpSettings.of(
                                DumpSettings.Families.BOTH,
                                settings.states(),
                                settings.attributes()),
                        new PollPace(settings.interval(), settings.longest(), report),
                        new DumpSampler(samples),
                        failure -> {
                            if (!samples.isStopped()) {
                                stop.fail(new IllegalStateException("polling failed", failure));
                            }
                        });
    }

    void start() {
        poller.start();
    }

    /** As of the last round. */
    PollReport report() {
        PollStats stats = poller.stats();
        return new PollReport(
                settings.interval(),
                stats.lastNamespaces(),
                stats.lastSockets(),
                stats.lastRoundNs(),
                stats.lastHiddenProcesses(),
                stats.notPermitted(),
                stats.incomplete(),
                stats.lastRefusal());
    }

    @Override
    public void close() {
        samples.stop();
        poller.close();
    }
}
