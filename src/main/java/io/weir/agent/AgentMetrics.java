package io.weir.agent;

import io.weir.agent.check.PollReport;
import io.weir.agent.check.WitnessReport;
import io.weir.metrics.Metrics;
import io.weir.record.LossCounters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Gives names to what the agent knows of itself. */
final class AgentMetrics {
    private static final double NS_PER_S = 1e9;

    private AgentMetrics() {}

    static Metrics of(
            Supplier<WitnessReport> witnesses,
            Supplier<PollReport> poll,
            Supplier<LossCounters> losses) {
        Metrics metrics = new Metrics();
        witnesses(metrics, witnesses);
        poll(metrics, poll);
        metrics.counters(
                "weir_lost_total",
                "Reports and records that could not be told in time, or at all, by cause.",
                "cause",
                losses(losses));
        return metrics;
    }

    private static void witnesses(Metrics metrics, Supplier<WitnessReport> report) {
        metrics.gauge(
                        "weir_poll_only",
                        "1 where the kernel refuses hooks, so that connections between two polls are"
                                + " missed.",
                        () -> report.get().events() ? 0 : 1)
                .gauges(
                        "weir_witness_connections",
                        "Connections since start, by which of the two witnesses saw them.",
                        "seen",
                        values(
                                report,
                                Map.of(
                                        "both",
                                        WitnessReport::connectionsBoth,
                                        "events",
                                        WitnessReport::connectionsEventsOnly,
                                        "diag",
                                        WitnessReport::connectionsDiagOnly)))
                .gauges(
                        "weir_witness_bytes",
                        "Payload bytes since start, by which of the two witnesses saw them.",
                        "seen",
                        values(
                                report,
                                Map.of(
                                        "both",
                                        WitnessReport::bytesBoth,
                                        "events",
                                        WitnessReport::bytesEventsOnly,
                                        "diag",
                                        WitnessReport::bytesDiagOnly)))
                .counters(
                        "weir_witness_unexplained_connections_total",
                        "Connections that one witness should have seen and did not.",
                        "missed_by",
                        values(
                                report,
                                Map.of(
                                        "diag",
                                        WitnessReport::missedByDiag,
                                        "events",
                                        WitnessReport::missedByEvents,
                                        "close",
                                        WitnessReport::closesUnseen)))
                .counters(
                        "weir_witness_unexplained_bytes_total",
                        "Payload bytes by which the two contradict each other, or that no event told.",
                        "reason",
                        values(
                                report,
                                Map.of(
                                        "contradiction",
                                        WitnessReport::bytesDisagreed,
                                        "no_event",
                                        WitnessReport::bytesMissedByEvents)))
                .counter(
                        "weir_adopted_connections_total",
                        "Connections older than the agent.",
                        () -> report.get().adopted())
                .gauge(
                        "weir_poll_missed_ratio",
                        "Share of connections that polls alone miss: measured with hooks, estimated"
                                + " without; -1 unknown.",
                        () -> report.get().missedShare());
    }

    private static void poll(Metrics metrics, Supplier<PollReport> report) {
        metrics.gauge(
                        "weir_poll_namespaces",
                        "Network namespaces found by the last poll.",
                        () -> report.get().namespaces())
                .gauge(
                        "weir_poll_sockets",
                        "TCP sockets told by the last poll.",
                        () -> report.get().sockets())
                .gauge(
                        "weir_poll_duration_seconds",
                        "How long the last poll took.",
                        () -> report.get().roundNs() / NS_PER_S)
                .gauge(
                        "weir_poll_hidden_processes",
                        "Processes whose network namespace may not be read.",
                        () -> report.get().hiddenProcesses())
                .counter(
                        "weir_poll_incomplete_total",
                        "Namespaces whose dump stayed incomplete.",
                        () -> report.get().incomplete());
    }

    private static Map<String, DoubleSupplier> losses(Supplier<LossCounters> losses) {
        Map<String, DoubleSupplier> causes = new LinkedHashMap<>();
        LossCounters.NONE
                .byCause()
                .keySet()
                .forEach(cause -> causes.put(cause, () -> losses.get().byCause().get(cause)));
        return causes;
    }

    private static Map<String, DoubleSupplier> values(
            Supplier<WitnessReport> report,
            Map<String, ToDoubleFunction<WitnessReport>> functions) {
        Map<String, DoubleSupplier> values = new LinkedHashMap<>();
        functions.forEach(
                (key, function) -> values.put(key, () -> function.applyAsDouble(report.get())));
        return values;
    }
}
