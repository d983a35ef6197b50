package io.weir.cli.observe;

import io.weir.agent.sink.stdout.Human;
import io.weir.record.Connection;
import io.weir.record.FlowRecord;
import io.weir.record.Lifecycle;
import io.weir.record.LossCounters;
import java.util.HashSet;
import java.util.Set;

/** What went by while somebody watched. One thread at a time. */
public final class Summary {
    private record Key(long netns, long cookie, long openedNs) {}

    private final Set<Key> open = new HashSet<>();
    private long records;
    private long connections;
    private long opened;
    private long closed;
    private long failed;
    private long bytesSent;
    private long bytesReceived;
    private LossCounters losses = LossCounters.NONE;

    /** Counts a record that was shown. */
    void add(FlowRecord record) {
        passOver(record);
        records++;
        bytesSent += record.window().bytesSent();
        bytesReceived += record.window().bytesReceived();
        connection(record.connection(), record.lifecycle());
    }

    /** Counts what every record tells, shown or not: the agent's losses. */
    void passOver(FlowRecord record) {
        losses = record.origin().losses();
    }

    private void connection(Connection connection, Lifecycle life) {
        Key key = new Key(connection.netns(), connection.cookie(), life.openedNs());
        boolean isNew = life.closed() ? !open.remove(key) : open.add(key);
        connections += isNew ? 1 : 0;
        opened += life.opened() && life.failure() == null ? 1 : 0;
        closed += life.closed() && life.failure() == null ? 1 : 0;
        failed += life.failure() != null ? 1 : 0;
    }

    long records() {
        return records;
    }

    /** One line: connections, bytes, losses. */
    public String text() {
        return "%d connection%s (%d opened, %d closed, %d failed), %s sent, %s received; %s"
                .formatted(
                        connections,
                        connections == 1 ? "" : "s",
                        opened,
                        closed,
                        failed,
                        Human.bytes(bytesSent),
                        Human.bytes(bytesReceived),
                        losses());
    }

    private String losses() {
        long lost = losses.connectionsLost();
        long late = losses.ringActive() + losses.ringOpen() + losses.ringClose();
        String words = lost == 0 ? "nothing lost" : lost + " connections lost";
        return late == 0 ? words : words + ", " + late + " reports delayed by a full ring";
    }
}
