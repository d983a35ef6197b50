package io.weir.agent;

import io.weir.agent.check.WitnessReport;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How long until the next poll. Where hooks tell of every connection, polling proves them right and
 * finds what they cannot see; the longer it finds nothing, the rarer it is. One surprise, and it is
 * back at its pace. Poller's thread.
 */
final class PollPace implements Supplier<Duration> {
    /** Enough for two dumps of everything that was there at the start. */
    private static final int ROUNDS_AT_PACE = 3;

    private static final double STRETCH = 1.5;

    private final Duration interval;
    private final Duration longest;
    private final Supplier<WitnessReport> report;
    private Duration now;
    private long unexplained;

    PollPace(Duration interval, Duration longest, Supplier<WitnessReport> report) {
        this.interval = interval;
        this.longest = longest.compareTo(interval) < 0 ? interval : longest;
        this.report = report;
        this.now = interval;
    }

    @Override
    public Duration get() {
        WitnessReport latest = report.get();
        boolean surprised = latest.unexplained() > unexplained;
        unexplained = latest.unexplained();
        if (!latest.events() || surprised || latest.rounds() < ROUNDS_AT_PACE) {
            now = interval;
        } else {
            Duration stretched = Duration.ofNanos((long) (now.toNanos() * STRETCH));
            now = stretched.compareTo(longest) < 0 ? stretched : longest;
        }
        return now;
    }
}
