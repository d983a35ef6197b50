package io.weir.agent.check;

/**
 * What kernel events and {@code inet_diag} dumps each saw since the agent started.
 *
 * @param events whether there are hooks; without, dumps are the only witness
 * @param rounds dumps of all network namespaces so far
 * @param connectionsBoth connections both witnesses saw
 * @param connectionsEventsOnly those that lived between two dumps, or have not met one yet
 * @param connectionsDiagOnly those that never moved since the agent started, or that no hook told of
 * @param bytesBoth payload both saw, both directions, history before the agent excluded
 * @param bytesEventsOnly payload moved since a connection's last dump
 * @param bytesDiagOnly payload no event has told of yet
 * @param bytesDisagreed payload by which the two contradict each other; anything but 0 is an error
 * @param missedByDiag connections alive during a complete dump of their namespace and not in it
 * @param missedByEvents connections opened since the agent started, in two dumps, and told by no event
 * @param bytesMissedByEvents payload of connections that ended, told by dumps and by no event
 * @param adopted connections older than the agent
 * @param closesUnseen connections whose socket was gone and whose close no event told
 * @param missedShare share of connections that dumps alone miss at this interval, 0 to 1: measured
 *     with hooks, estimated without; {@link #UNKNOWN} until a connection has ended
 */
public record WitnessReport(
        boolean events,
        long rounds,
        long connectionsBoth,
        long connectionsEventsOnly,
        long connectionsDiagOnly,
        long bytesBoth,
        long bytesEventsOnly,
        long bytesDiagOnly,
        long bytesDisagreed,
        long missedByDiag,
        long missedByEvents,
        long bytesMissedByEvents,
        long adopted,
        long closesUnseen,
        double missedShare) {
    /** Of a share: nothing ended yet. */
    public static final double UNKNOWN = -1;

    /** Before the first round. */
    public static WitnessReport none(boolean events) {
        return new WitnessReport(events, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UNKNOWN);
    }

    /** What should be 0: not accounted for by when each looked. */
    public long unexplained() {
        return bytesDisagreed
                + missedByDiag
                + missedByEvents
                + bytesMissedByEvents
                + (events ? closesUnseen : 0);
    }
}
