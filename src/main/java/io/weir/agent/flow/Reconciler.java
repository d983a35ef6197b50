package io.weir.agent.flow;

import io.weir.agent.check.WitnessReport;
import io.weir.record.TcpState;
import io.weir.record.Witnesses;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares the two witnesses of every connection: kernel events, and dumps of {@code inet_diag}.
 *
 * <p>Both tell cumulative counters, at different times. A dump is read under the socket's lock, so what
 * an event said before cannot be more, and what one says later cannot be less; a difference the other
 * way round is a disagreement, but for one: an event that fires in the midst of a retransmission reads
 * {@code bytes_retrans} before {@code bytes_sent} follows. A connection that lived through a whole dump
 * of its namespace must be in it, and one the dump shows must have been told by an event. Flow thread;
 * the report may be read by any.
 */
final class Reconciler {
    private static final int ABSENCES_TO_END = 2;

    /** A dump of one namespace, of the round in progress or an earlier one. */
    private static final class Dump {
        private long startNs;
        private long endNs;
        private long round;
        private boolean complete;
        private boolean everComplete;
    }

    private final boolean events;
    private final boolean diag;
    private final Map<Long, Dump> dumps = new HashMap<>();
    private long round = 1;
    private long dumpStartNs;
    private long roundsDone;

    private final Seen departed = new Seen();
    private long departedSamples;
    private long departedSampled;
    private long adopted;
    private long closesUnseen;
    private long bytesDisagreed;
    private long missedByDiag;
    private long missedByEvents;
    private long bytesMissedByEvents;

    private volatile WitnessReport report;

    Reconciler(Witnesses witnesses) {
        events = witnesses != Witnesses.DIAG;
        diag = witnesses != Witnesses.EVENTS;
        report = WitnessReport.none(events);
    }

    /** As of the end of the last round. Any thread. */
    WitnessReport report() {
        return report;
    }

    /** Whether a socket first seen in a dump of this namespace is older than the agent. */
    boolean isHistory(long netns) {
        Dump dump = dumps.get(netns);
        return (dump == null || !dump.everComplete) && (events || roundsDone == 0);
    }

    void onAdopted() {
        adopted++;
    }

    void onDump(long startNs) {
        dumpStartNs = startNs;
    }

    /** Before the flow takes in an event with this reading. */
    void onEvent(Flow flow, long timeNs, long[] reading) {
        WitnessNotes notes = flow.notes;
        long sent = Counters.bytesSent(reading);
        long received = Counters.bytesReceived(reading);
        long retransmitted = Counters.bytesRetransmitted(reading);
        if (notes.bySamples) {
            if (timeNs > notes.sampleTimeNs) {
                disagree(notes.sampleSent - sent, notes.sampleRetransmitted != retransmitted);
                disagree(notes.sampleReceived - received, false);
            }
            livesAt(notes, timeNs);
        }
        if (timeNs >= notes.eventTimeNs) {
            notes.byEvents = true;
            notes.eventTimeNs = timeNs;
            notes.eventSent = sent;
            notes.eventReceived = received;
            notes.eventRetransmitted = retransmitted;
        }
    }

    /** Before the flow takes in a sample with this reading. */
    void onSample(Flow flow, long timeNs, long[] reading) {
        WitnessNotes notes = flow.notes;
        long sent = Counters.bytesSent(reading);
        long received = Counters.bytesReceived(reading);
        if (notes.byEvents && dumpStartNs > notes.eventTimeNs) {
            boolean resent = notes.eventRetransmitted != Counters.bytesRetransmitted(reading);
            disagree(notes.eventSent - sent, resent);
            disagree(notes.eventReceived - received, false);
        }
        livesAt(notes, timeNs);
        notes.absences = 0;
        notes.bySamples = true;
        if (notes.sampleRound != round) {
            notes.sampleRound = round; // a dump that was begun again says it twice
            notes.samples++;
        }
        notes.sampleTimeNs = timeNs;
        notes.sampleSent = sent;
        notes.sampleReceived = received;
        notes.sampleRetransmitted = Counters.bytesRetransmitted(reading);
    }

    private void disagree(long bytes, boolean explained) {
        if (bytes > 0 && !explained) {
            bytesDisagreed += bytes;
        }
    }

    /** A connection that moves after a dump without it: the dump missed it. */
    private void livesAt(WitnessNotes notes, long timeNs) {
        if (notes.absences > 0 && timeNs > notes.absentUntilNs) {
            missedByDiag++;
            notes.absences = 0;
        }
    }

    /** One namespace was dumped. */
    void onNamespace(long netns, long startNs, long endNs, boolean complete) {
        Dump dump = dumps.computeIfAbsent(netns, unknown -> new Dump());
        dump.startNs = startNs;
        dump.endNs = endNs;
        dump.round = round;
        dump.complete = complete;
        dump.everComplete |= complete;
    }

    /**
     * Every namespace was dumped: judges the flows there are.
     *
     * @param gone told of each flow whose socket is no more
     */
    void onRound(FlowIndex flows, Consumer<Flow> gone) {
        Seen live = new Seen();
        flows.forEach(flow -> {
            if (!flow.closed) {
                judge(flow, gone);
                live.add(flow.notes);
            }
        });
        dumps.values().removeIf(dump -> dump.round + ABSENCES_TO_END < round);
        round++;
        roundsDone++;
        publish(live);
    }

    private void judge(Flow flow, Consumer<Flow> gone) {
        WitnessNotes notes = flow.notes;
        Dump dump = dumps.get(flow.netns);
        if (events && !flow.adopted && !notes.byEvents && notes.samples > 1 && !notes.missed) {
            notes.missed = true;
            missedByEvents++;
        }
        if (isAbsent(flow, dump) && ++notes.absences >= ABSENCES_TO_END) {
            closesUnseen++;
            gone.accept(flow);
        }
    }

    private boolean isAbsent(Flow flow, Dump dump) {
        if (dump == null || dump.round != round) {
            return !events
                    && flow.notes.bySamples; // its namespace is gone, and no event would tell
        }
        if (!dump.complete || !wasThere(flow, dump)) {
            return false;
        }
        flow.notes.absentUntilNs = dump.endNs;
        return true;
    }

    /** Whether the dump should hold it: known before it began, and past the handshake. */
    private static boolean wasThere(Flow flow, Dump dump) {
        return flow.timeNs < dump.startNs
                && flow.openNs < dump.startNs
                && flow.state != TcpState.SYN_RECV.number()
                && flow.state != TcpState.SYN_SENT.number();
    }

    /** The flow leaves the table. */
    void onDeparted(Flow flow) {
        if (!diag) {
            return;
        }
        WitnessNotes notes = flow.notes;
        departed.add(notes);
        if (events && notes.byEvents) {
            bytesMissedByEvents += Math.max(0, notes.sampleBytes() - notes.eventBytes());
        }
        if (notes.bySamples) {
            departedSampled++;
            departedSamples += notes.samples;
        }
    }

    private void publish(Seen live) {
        report =
                new WitnessReport(
                        events,
                        roundsDone,
                        departed.both + live.both,
                        departed.eventsOnly + live.eventsOnly,
                        departed.diagOnly + live.diagOnly,
                        departed.bytesBoth + live.bytesBoth,
                        departed.bytesEventsOnly + live.bytesEventsOnly,
                        departed.bytesDiagOnly + live.bytesDiagOnly,
                        bytesDisagreed,
                        missedByDiag,
                        missedByEvents,
                        bytesMissedByEvents,
                        adopted,
                        closesUnseen,
                        missedShare());
    }

    /**
     * The share of connections that dumps alone miss. With events it is measured. Without, lifetimes
     * are taken to be alike (exponential): a connection in one dump is then in the next, too, with
     * probability q, which is what was seen of those that ended, and lives through none with
     * 1 − (1 − q) / −ln q.
     */
    private double missedShare() {
        if (events) {
            long ended = departed.both + departed.eventsOnly + departed.diagOnly;
            return ended == 0 ? WitnessReport.UNKNOWN : (double) departed.eventsOnly / ended;
        }
        if (departedSampled == 0) {
            return WitnessReport.UNKNOWN;
        }
        double again = (double) (departedSamples - departedSampled) / departedSamples;
        return again == 0 ? 1 : 1 - (1 - again) / -Math.log(again);
    }

    /** Sums over flows. */
    private static final class Seen {
        private long both;
        private long eventsOnly;
        private long diagOnly;
        private long bytesBoth;
        private long bytesEventsOnly;
        private long bytesDiagOnly;

        private void add(WitnessNotes notes) {
            long byEvents = notes.eventBytes();
            long bySamples = notes.sampleBytes();
            if (notes.byEvents && notes.bySamples) {
                both++;
            } else if (notes.byEvents) {
                eventsOnly++;
            } else {
                diagOnly++;
            }
            bytesBoth += Math.min(byEvents, bySamples);
            bytesEventsOnly += Math.max(0, byEvents - bySamples);
            bytesDiagOnly += Math.max(0, bySamples - byEvents);
        }
    }
}
