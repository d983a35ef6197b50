package io.weir.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything the agent lets an operator decide, validated.
 *
 * @param sink where records go
 * @param format how stdout writes them
 * @param window length of a record's window
 * @param interval shortest time between two reports of one socket; zero: every call; at most window
 * @param ringBytes size of the ring buffer: a power of two, at least a page
 * @param parkedCloses closed connections the kernel keeps while the ring is full
 * @param maxFlows connections followed at a time
 * @param waitChoice how the flow thread waits
 * @param steps how each hook may be attached
 * @param hooks what to do where the kernel refuses hooks
 * @param poll how the kernel's sockets are looked at beside its events
 * @param queueSize records that may wait for the sink
 * @param closeTimeout how long stopping may wait for the sink
 * @param metrics where metrics are served, if anywhere
 * @param agentId the agent's name in its records
 */
public record AgentSettings(
        SinkKind sink,
        OutputFormat format,
        Duration window,
        Duration interval,
        int ringBytes,
        int parkedCloses,
        int maxFlows,
        WaitChoice waitChoice,
        Steps steps,
        HookUse hooks,
        PollSettings poll,
        int queueSize,
        Duration closeTimeout,
        Optional<InetSocketAddress> metrics,
        String agentId) {
    private static final int MAX_RING_BYTES = 1 << 30;
    private static final int MAX_COUNT = 1 << 24;
    private static final int MAX_ID_LENGTH = 253;

    /** Parses and validates every agent setting; the first that is wrong is named. */
    public static AgentSettings from(Configuration configuration) {
        Duration window =
                configuration
                        .get(Setting.WINDOW)
                        .duration(Duration.ofMillis(100), Duration.ofHours(1));
        return new AgentSettings(
                configuration.get(Setting.SINK).oneOf(SinkKind.class),
                configuration.get(Setting.FORMAT).oneOf(OutputFormat.class),
                window,
                interval(configuration, window),
                configuration.get(Setting.RING_SIZE).ringBytes(PageSize.bytes(), MAX_RING_BYTES),
                configuration.get(Setting.PARKED_CLOSES).count(1, MAX_COUNT),
                configuration.get(Setting.MAX_FLOWS).count(1, MAX_COUNT),
                configuration.get(Setting.WAIT_STRATEGY).oneOf(WaitChoice.class),
                Steps.parse(configuration.get(Setting.STEPS)),
                configuration.get(Setting.HOOKS).oneOf(HookUse.class),
                PollSettings.from(configuration),
                configuration.get(Setting.QUEUE_SIZE).count(1, MAX_COUNT),
                configuration
                        .get(Setting.CLOSE_TIMEOUT)
                        .duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
                metrics(configuration.get(Setting.METRICS)),
                agentId(configuration.get(Setting.AGENT_ID)));
    }

    private static Duration interval(Configuration configuration, Duration window) {
        Given given = configuration.get(Setting.INTERVAL);
        Duration interval = given.duration(Duration.ZERO, Duration.ofHours(1));
        if (interval.compareTo(window) <= 0) {
            return interval;
        }
        if (configuration.has(Setting.INTERVAL)) {
            throw given.refused(
                    "is longer than the window", "Use at most " + Units.duration(window));
        }
        return window;
    }

    private static Optional<InetSocketAddress> metrics(Given given) {
        return given.text().isEmpty() ? Optional.empty() : Optional.of(given.address());
    }

    private static String agentId(Given given) {
        String id = given.text().isEmpty() ? HostName.get() : given.text();
        if (id.length() > MAX_ID_LENGTH || id.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw given.refused(
                    "is not a name", "Use up to " + MAX_ID_LENGTH + " characters without blanks");
        }
        return id;
    }
}
