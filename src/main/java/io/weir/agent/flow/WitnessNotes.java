package io.weir.agent.flow;

/**
 * What each witness said of one connection: events as they came, dumps as they were read. Part of its
 * {@link Flow}; flow thread.
 */
final class WitnessNotes {
    boolean byEvents;
    boolean bySamples;

    /** Payload of both directions before the agent, which neither witness counts as new. */
    long historyBytes;

    long eventSent;
    long eventReceived;
    long eventRetransmitted;
    long eventTimeNs;

    long sampleSent;
    long sampleReceived;
    long sampleRetransmitted;
    long sampleTimeNs;

    /** Rounds it was sampled in so far, and the last of them. */
    long samples;

    long sampleRound;

    /** Complete dumps of its namespace, in a row, that should have held it and did not. */
    int absences;

    /** Counted as one that events should have told of. */
    boolean missed;

    /** End of the last of those dumps. */
    long absentUntilNs;

    void clear() {
        byEvents = false;
        bySamples = false;
        historyBytes = 0;
        eventSent = 0;
        eventReceived = 0;
        eventRetransmitted = 0;
        eventTimeNs = 0;
        sampleSent = 0;
        sampleReceived = 0;
        sampleRetransmitted = 0;
        sampleTimeNs = 0;
        samples = 0;
        sampleRound = 0;
        absences = 0;
        missed = false;
        absentUntilNs = 0;
    }

    /** New payload as the events told it. */
    long eventBytes() {
        return byEvents ? Math.max(0, eventSent + eventReceived - historyBytes) : 0;
    }

    /** New payload as the dumps told it. */
    long sampleBytes() {
        return bySamples ? Math.max(0, sampleSent + sampleReceived - historyBytes) : 0;
    }
}
