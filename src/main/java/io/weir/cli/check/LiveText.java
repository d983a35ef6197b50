package io.weir.cli.check;

import io.weir.agent.check.LiveReport;
import io.weir.agent.check.PollReport;
import io.weir.agent.check.WitnessReport;
import io.weir.config.Units;
import java.util.Locale;

/** What both witnesses saw, for a person. */
public final class LiveText {
    private static final int NS_PER_US = 1_000;

    private final StringBuilder text = new StringBuilder(2048);

    /** The whole answer, ending with a line end. */
    public String of(LiveReport report) {
        PollReport poll = report.poll();
        WitnessReport seen = report.witnesses();
        line("events by     " + report.hooks());
        line(
                "polled        %s times, %s network namespaces, %s sockets, last in %s µs"
                        .formatted(
                                number(seen.rounds()),
                                number(poll.namespaces()),
                                number(poll.sockets()),
                                number(poll.roundNs() / NS_PER_US)));
        hidden(poll);
        text.append('\n');
        row("Seen", "connections", "payload bytes");
        row("by both witnesses", seen.connectionsBoth(), seen.bytesBoth());
        row(
                "by events only (moved since the last poll)",
                seen.connectionsEventsOnly(),
                seen.bytesEventsOnly());
        row(
                "by polls only (idle, or no event yet)",
                seen.connectionsDiagOnly(),
                seen.bytesDiagOnly());
        text.append('\n');
        row("Not explained by when each looked", "connections", "payload bytes");
        row("contradictions", "", number(seen.bytesDisagreed()));
        row("alive during a poll and not in it", number(seen.missedByDiag()), "");
        row("polled and told by no event", seen.missedByEvents(), seen.bytesMissedByEvents());
        row("gone and told by no event", number(seen.closesUnseen()), "");
        row("closes lost by the agent", number(report.lost()), "");
        text.append('\n');
        line(
                number(seen.adopted())
                        + " connections are older than the agent: what they moved before is not"
                        + " counted as new.");
        verdict(seen, poll, report.lost());
        return text.toString();
    }

    private void hidden(PollReport poll) {
        if (poll.hiddenProcesses() > 0) {
            line(
                    "not looked at the network namespaces of %s: needs CAP_SYS_PTRACE"
                            .formatted(
                                    poll.hiddenProcesses() == 1
                                            ? "1 process"
                                            : number(poll.hiddenProcesses()) + " processes"));
        }
        if (poll.closedNamespaces() > 0) {
            line("not entered   " + poll.lastRefusal() + ": needs CAP_SYS_ADMIN");
        }
    }

    private void verdict(WitnessReport seen, PollReport poll, long lost) {
        share(seen, poll);
        if (!seen.events()) {
            return;
        }
        line(
                seen.unexplained() + lost == 0
                        ? "Both witnesses agree: nothing unexplained."
                        : "The witnesses disagree: please report this, with weir sockets --capture.");
    }

    private void share(WitnessReport seen, PollReport poll) {
        boolean known = seen.missedShare() != WitnessReport.UNKNOWN;
        String percent = String.format(Locale.ROOT, "%.1f %%", 100 * seen.missedShare());
        String pace = Units.duration(poll.interval());
        if (seen.events()) {
            line(
                    known
                            ? "Polling alone every %s would have missed %s of the connections that ended."
                                    .formatted(pace, percent)
                            : "No connection has ended: what polling alone would miss is not known.");
        } else {
            line(
                    known
                            ? "Poll only: every %s misses about %s of connections, to judge by those it saw end."
                                    .formatted(pace, percent)
                            : "Poll only: connections that live less than %s can be missed; none ended yet."
                                    .formatted(pace));
        }
    }

    private void row(String what, long connections, long bytes) {
        row(what, number(connections), number(bytes));
    }

    private void row(String what, String connections, String bytes) {
        text.append("  %-44s %14s %20s%n".formatted(what, connections, bytes));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
